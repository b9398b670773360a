import { ExpiringRecordsMongo } from '../../storage/expiring-records-mongo.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { deletedByDatabase } from '../compliance/expiring-kind.js';
import type { RetentionKind } from '../compliance/retention-kind.js';
import { listLimits } from './lists/recipient-list.js';

/** What notices keep of citizens for a time. */
export function noticeRetention(connection: MongoConnection): RetentionKind[] {
  const recordsOf = (collection: string, madeAt?: string) =>
    new ExpiringRecordsMongo(connection, { collection, expiry: 'expiresAt', ...(madeAt && { madeAt }) });
  return [
    deletedByDatabase({
      kind: 'notice-deliveries',
      title: '推送的送达记录',
      keeps: { rule: '最后一次变动后 180 天' },
      records: recordsOf('notice_deliveries', 'updatedAt'),
    }),
    deletedByDatabase({
      kind: 'notice-lists',
      title: '上传的推送名单',
      keeps: { rule: `${listLimits.keptDays} 天，用来推送过的 ${listLimits.keptDaysInUse} 天` },
      records: recordsOf('notice_list_pages'),
    }),
    deletedByDatabase({
      kind: 'notice-early-reports',
      title: '还没对上的送达报告',
      keeps: { days: 7 },
      records: recordsOf('notice_early_reports'),
    }),
  ];
}
