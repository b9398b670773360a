import { ExpiringRecordsMongo } from '../../storage/expiring-records-mongo.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { deletedByDatabase } from '../compliance/expiring-kind.js';
import type { OwnDataPart } from '../compliance/own-data-part.js';
import type { RetentionKind } from '../compliance/retention-kind.js';
import type { AnsweredReader } from '../conversations/answered-reader.js';
import { OwnFeedbackStoreMongo } from './own-feedback-store-mongo.js';
import { OwnFeedback } from './own-feedback.js';

const withTheChat = { rule: '和它所在的聊天记录一样久' };

export function insightsRetention(connection: MongoConnection): RetentionKind[] {
  const recordsOf = (collection: string, madeAt?: string) =>
    new ExpiringRecordsMongo(connection, { collection, expiry: 'expiresAt', ...(madeAt && { madeAt }) });
  return [
    deletedByDatabase({
      kind: 'unanswered-questions',
      title: '未答问题',
      keeps: withTheChat,
      records: recordsOf('unanswered_groups', 'firstSeenAt'),
    }),
    deletedByDatabase({
      kind: 'unanswered-wordings',
      title: '未答问题的问法',
      keeps: withTheChat,
      records: recordsOf('unanswered_wordings', 'lastSeenAt'),
    }),
    deletedByDatabase({
      kind: 'unanswered-askers',
      title: '未答问题的提问人（摘要）',
      keeps: withTheChat,
      records: recordsOf('unanswered_askers'),
    }),
    deletedByDatabase({
      kind: 'rating-samples',
      title: '评价时问的话',
      keeps: withTheChat,
      records: recordsOf('vote_samples', 'votedAt'),
    }),
  ];
}

export function ownFeedback(connection: MongoConnection, answered: AnsweredReader): OwnDataPart {
  return new OwnFeedback(new OwnFeedbackStoreMongo(connection), answered);
}
