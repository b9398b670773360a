import { ExpiringRecordsMongo } from '../../storage/expiring-records-mongo.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { deletedByDatabase } from '../compliance/expiring-kind.js';
import type { OwnDataPart } from '../compliance/own-data-part.js';
import type { RetentionKind } from '../compliance/retention-kind.js';
import { citizenSessionLimits } from './citizen-sessions.js';
import { OwnCitizenStoreMongo } from './own-citizen-store-mongo.js';
import { OwnCitizen } from './own-citizen.js';

const longestHours = citizenSessionLimits.absoluteMs / 3_600_000;

export function citizenRetention(connection: MongoConnection): RetentionKind[] {
  const rule = { collection: 'citizen_sessions', expiry: 'expiresAt', madeAt: 'createdAt' };
  return [
    deletedByDatabase({
      kind: 'citizen-sessions',
      title: '市民页面的登录',
      keeps: { rule: `登录后最多 ${longestHours} 小时` },
      records: new ExpiringRecordsMongo(connection, rule),
    }),
  ];
}

export function ownCitizen(connection: MongoConnection): OwnDataPart {
  return new OwnCitizen(new OwnCitizenStoreMongo(connection));
}
