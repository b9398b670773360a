import { ExpiringRecordsMongo } from '../../storage/expiring-records-mongo.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { deletedByRun } from '../compliance/expiring-kind.js';
import type { OwnDataPart } from '../compliance/own-data-part.js';
import type { RetentionKind } from '../compliance/retention-kind.js';
import { owedNoticesName } from './owed-notice-migrations-store-mongo.js';
import { OwnNoticeStoreMongo } from './own-notice-store-mongo.js';
import { OwnNotices } from './own-notices.js';

/** How long a message stays after it became useless, in days: as long as a chat record. */
const retentionDays = 90;

/** What citizens were told. */
export function owedNoticeRetention(connection: MongoConnection): RetentionKind[] {
  return [
    deletedByRun({
      kind: 'owed-notices',
      title: '预约和活动的通知',
      keeps: { days: retentionDays },
      records: new ExpiringRecordsMongo(connection, {
        collection: owedNoticesName,
        expiry: 'until',
        keptMs: retentionDays * 86_400_000,
        madeAt: 'until',
      }),
    }),
  ];
}

export function ownNotices(connection: MongoConnection): OwnDataPart {
  return new OwnNotices(new OwnNoticeStoreMongo(connection));
}
