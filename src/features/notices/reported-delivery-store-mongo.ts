import type { mongo } from 'mongoose';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { deliveriesName, expiryFrom, type DeliveryRecord } from './delivery-record.js';
import type { DeliveryReport } from './reports/platform-report.js';
import type { ReportedDeliveries } from './reports/report-stores.js';

/** The view of `notice_deliveries` of those who match reports: by the platform's ids. */
export class ReportedDeliveryStoreMongo implements ReportedDeliveries {
  readonly #rows: mongo.Collection<DeliveryRecord>;

  constructor(connection: MongoConnection) {
    this.#rows = databaseOf(connection).collection<DeliveryRecord>(deliveriesName);
  }

  async settle(reports: readonly DeliveryReport[]): Promise<ReadonlySet<string>> {
    if (reports.length === 0) return new Set();
    const ids = reports.map(({ messageId }) => messageId);
    const { matchedCount } = await this.#rows.bulkWrite(toUpdates(reports), { ordered: false });
    if (matchedCount === ids.length) return new Set(ids);
    // One that is merely accepted became so after the update: it has to be reported once more.
    const known = await this.#rows
      .find(
        { messageId: { $in: ids }, state: { $ne: 'accepted' } },
        { projection: { _id: 0, accountId: 1, messageId: 1 } },
      )
      .toArray();
    const names = new Set(known.map(({ accountId, messageId = '' }) => `${accountId} ${messageId}`));
    const ours = reports.filter(({ accountId, messageId }) => names.has(`${accountId} ${messageId}`));
    return new Set(ours.map(({ messageId }) => messageId));
  }
}

/** One statement for all that say the same; see `delivery-updates.ts`. */
function toUpdates(reports: readonly DeliveryReport[]): mongo.AnyBulkWriteOperation<DeliveryRecord>[] {
  const groups = new Map<string, DeliveryReport[]>();
  for (const report of reports) {
    const key = JSON.stringify([report.accountId, report.state, report.reason]);
    const group = groups.get(key);
    if (group) group.push(report);
    else groups.set(key, [report]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { accountId, state, reason, at } = first;
    const stamp = { updatedAt: at, expiresAt: expiryFrom(at) };
    const messageId = { $in: group.map((report) => report.messageId) };
    return {
      updateMany: {
        filter: { messageId, accountId, state: 'accepted' },
        update: { $set: { state, ...(reason !== undefined && { reason }), ...stamp } },
      },
    };
  });
}
