import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import type { OutboundChannel } from '../../core/outbound-messenger.js';
import type { Transaction } from '../../core/transaction-runner.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { NoticeQueue } from './notice-queue.js';
import { owedNoticesName } from './owed-notice-migrations-store-mongo.js';
import type {
  ClaimedNotice,
  NoticeEnding,
  NoticeProgress,
  OwedNotice,
  OwedNoticeBook,
} from './owed-notice.js';

type NoticeDocument = OwedNotice & NoticeProgress & { claim?: string };

/** What is owed to citizens. While a message waits, `dueAt` is when it is to be looked at next. */
export class OwedNoticeStoreMongo implements OwedNoticeBook, NoticeQueue {
  readonly #notices: mongo.Collection<NoticeDocument>;

  constructor(connection: MongoConnection) {
    this.#notices = databaseOf(connection).collection<NoticeDocument>(owedNoticesName);
  }

  async add(tx: Transaction, { subject, openid, dueAt, until, ...rest }: OwedNotice): Promise<void> {
    const { accountId, kind, about } = rest;
    await this.#notices
      .updateOne(
        keyOf({ accountId, subject, kind, about }),
        { $setOnInsert: { openid, dueAt, until } },
        { upsert: true, session: sessionOf(tx) },
      )
      .catch(runAgainOnDuplicate);
  }

  async listNew(notices: readonly OwedNotice[]): Promise<OwedNotice[]> {
    if (notices.length === 0) return [];
    const owed = await this.#notices
      .find(
        { $or: notices.map(keyOf) },
        { projection: { _id: 0, accountId: 1, subject: 1, kind: 1, about: 1 } },
      )
      .toArray();
    const known = new Set(owed.map(nameOf));
    return notices.filter((notice) => !known.has(nameOf(notice)));
  }

  async claimDue(now: Date, hiddenUntil: Date): Promise<ClaimedNotice | null> {
    const claim = randomUUID();
    const found = await this.#notices.findOneAndUpdate(
      { state: { $exists: false }, dueAt: { $lte: now } },
      { $set: { dueAt: hiddenUntil, claim }, $inc: { attempts: 1 } },
      { sort: { dueAt: 1 }, returnDocument: 'after' },
    );
    if (!found) return null;
    const { _id, ...notice } = found;
    return { ...notice, id: _id.toHexString(), claim };
  }

  async begin(
    notice: ClaimedNotice,
    {
      maybeSentAt,
      ...call
    }: { channel: OutboundChannel; said: string; leaseUntil: Date; maybeSentAt?: Date },
  ): Promise<boolean> {
    const { matchedCount } = await this.#notices.updateOne(
      { ...keyOf(notice), claim: notice.claim, $or: [{ state: { $exists: false } }, { state: 'sending' }] },
      { $set: { state: 'sending', ...call, ...(maybeSentAt && { maybeSentAt }) } },
    );
    return matchedCount === 1;
  }

  async settle(notice: ClaimedNotice, ending: NoticeEnding): Promise<void> {
    const { channel, reason, messageId, keepsDoubt = false } = ending;
    const isOver = ending.state !== 'again';
    await this.#notices.updateOne(
      { ...keyOf(notice), claim: notice.claim },
      {
        $set: {
          ...(channel && { channel }),
          ...(reason !== undefined && { reason }),
          ...(messageId !== undefined && { messageId }),
          ...(isOver ? { state: ending.state, endedAt: ending.endedAt } : { dueAt: ending.dueAt }),
        },
        $unset: {
          leaseUntil: '',
          claim: '',
          ...(!isOver && { state: '' }),
          ...(!keepsDoubt && { maybeSentAt: '' }),
          ...(reason === undefined && { reason: '' }),
        },
      },
    );
  }

  async abandonExpired(now: Date, repeatableSince: Date): Promise<number> {
    const expired = { state: 'sending' as const, leaseUntil: { $lte: now } };
    await this.#notices.updateMany(
      { ...expired, channel: 'template', maybeSentAt: { $gt: repeatableSince } },
      { $set: { dueAt: now }, $unset: { state: '', leaseUntil: '', claim: '' } },
    );
    const { modifiedCount } = await this.#notices.updateMany(
      { ...expired, $nor: [{ channel: 'template', maybeSentAt: { $gt: repeatableSince } }] },
      {
        $set: {
          state: 'unknown',
          endedAt: now,
          reason: 'the sender died while the platform was being asked',
        },
        $unset: { leaseUntil: '', claim: '' },
      },
    );
    return modifiedCount;
  }
}

type NoticeKey = Pick<OwedNotice, 'accountId' | 'subject' | 'kind' | 'about'>;

/** Field by field: the order of those of a whole document would count. */
function keyOf({ accountId, subject, kind, about }: NoticeKey) {
  return { accountId, 'subject.kind': subject.kind, 'subject.id': subject.id, kind, about };
}

function nameOf({ accountId, subject, kind, about }: NoticeKey): string {
  return JSON.stringify([accountId, subject.kind, subject.id, kind, about.getTime()]);
}
