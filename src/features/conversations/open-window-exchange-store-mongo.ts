import { mongo } from 'mongoose';
import type { CitizenInput } from '../../core/messages.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { OpenWindowReader } from './open-window-reader.js';

const messageWindowMs = 48 * 3_600_000;
const deedWindowMs = 60_000;
/** The platform closes it by its own clock, and the call takes its time. */
const marginMs = 10_000;

const messages: CitizenInput['kind'][] = ['text', 'image', 'voice', 'video', 'location', 'link'];
const deeds: CitizenInput['kind'][] = ['follow', 'scan', 'click'];

/**
 * Goes along `_id`, which begins with the second in which an exchange was written: that index is there anyway, so that
 * windows cost a message nothing.
 */
export class OpenWindowExchangeStoreMongo implements OpenWindowReader {
  readonly #exchanges: mongo.Collection;

  constructor(connection: MongoConnection) {
    this.#exchanges = databaseOf(connection).collection('exchanges');
  }

  async listOpen(accountId: string, now: Date): Promise<ReadonlySet<string>> {
    const since = new Date(now.getTime() - messageWindowMs + marginMs);
    const kind = { $ifNull: ['$inbound.input.was', '$inbound.input.kind'] };
    const isOpen = {
      $or: [
        { $in: [kind, messages] },
        {
          $and: [
            { $in: [kind, deeds] },
            { $gte: ['$inbound.sentAt', new Date(now.getTime() - deedWindowMs + marginMs)] },
          ],
        },
      ],
    };
    const citizens = this.#exchanges.aggregate<{ _id: string }>(
      [
        // Committed after it was sent: whatever was sent since then was written since then.
        { $match: { _id: { $gte: firstIdAt(since) }, accountId, 'inbound.sentAt': { $gte: since } } },
        { $match: { $expr: isOpen } },
        { $group: { _id: '$openid' } },
      ],
      { batchSize: 10_000 },
    );
    const open = new Set<string>();
    for await (const { _id } of citizens) open.add(_id);
    return open;
  }
}

function firstIdAt(time: Date): mongo.ObjectId {
  return mongo.ObjectId.createFromTime(Math.floor(time.getTime() / 1_000));
}
