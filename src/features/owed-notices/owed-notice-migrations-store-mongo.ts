import type { Migration } from '../../storage/migrations.js';

export const owedNoticesName = 'owed_notices';

/** Where messages about appointments stood before there were others. */
const earlierName = 'appointment_notices';

export const owedNoticeMigration: Migration = {
  id: 'owed-notices-1-indexes',
  async up(db) {
    await db.collection(owedNoticesName).createIndexes([
      {
        key: { accountId: 1, 'subject.kind': 1, 'subject.id': 1, kind: 1, about: 1 },
        unique: true,
        name: 'notice',
      },
      { key: { state: 1, dueAt: 1 }, name: 'queue' },
      { key: { until: 1 }, name: 'expiry' },
      { key: { accountId: 1, openid: 1, dueAt: -1 }, name: 'citizen' },
      {
        key: { accountId: 1, 'subject.kind': 1, state: 1, endedAt: -1, _id: -1 },
        partialFilterExpression: { endedAt: { $exists: true } },
        name: 'undelivered',
      },
      {
        key: { accountId: 1, messageId: 1 },
        partialFilterExpression: { messageId: { $exists: true } },
        name: 'report',
      },
    ]);
  },
};

/** Their ids stay: the platform knows messages by them. What has gone on since it was moved is left alone. */
export const movedNoticeMigration: Migration = {
  id: 'owed-notices-2-from-appointments',
  async up(db) {
    const isThere = await db.listCollections({ name: earlierName }, { nameOnly: true }).hasNext();
    if (!isThere) return;
    await db
      .collection(earlierName)
      .aggregate([
        { $set: { subject: { kind: 'appointment', id: '$appointmentId' } } },
        { $unset: 'appointmentId' },
        { $merge: { into: owedNoticesName, on: '_id', whenMatched: 'keepExisting' } },
      ])
      .toArray();
    await db.collection(earlierName).drop();
  },
};
