import { randomUUID } from 'node:crypto';
import type { mongo } from 'mongoose';
import type { OutboundChannel } from '../../core/outbound-messenger.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { AppointmentNotice } from './appointment-notice.js';
import type { NoticeQueue } from './notices/notice-queue.js';
import type { ClaimedNotice, NoticeEnding, NoticeProgress } from './notices/owed-notice.js';

export const owedNoticeMigration: Migration = {
  id: 'appointments-5-notice-queue',
  async up(db) {
    await db.collection('appointment_notices').createIndexes([
      { key: { state: 1, dueAt: 1 }, name: 'queue' },
      { key: { until: 1 }, name: 'expiry' },
    ]);
  },
};

type NoticeDocument = AppointmentNotice & NoticeProgress & { claim?: string };

/** The sender's view of `appointment_notices`: `dueAt` is when it is to be looked at next. */
export class OwedNoticeStoreMongo implements NoticeQueue {
  readonly #notices: mongo.Collection<NoticeDocument>;

  constructor(connection: MongoConnection) {
    this.#notices = databaseOf(connection).collection<NoticeDocument>('appointment_notices');
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

function keyOf({ accountId, appointmentId, kind, about }: AppointmentNotice) {
  return { accountId, appointmentId, kind, about };
}
