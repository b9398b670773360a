import type { Migration } from '../../../storage/migrations.js';
import type { MongoConnection } from '../../../storage/mongo-connection.js';
import { consentMigration, ConsentStoreMongo } from '../consent-store-mongo.js';
import { deliveryMigration, DeliveryStoreMongo } from '../delivery-store-mongo.js';
import { earlyReportMigration, EarlyReportStoreMongo } from '../early-report-store-mongo.js';
import { massCallMigration, MassCallStoreMongo } from '../mass-call-store-mongo.js';
import { MassRowStoreMongo } from '../mass-row-store-mongo.js';
import { refusalCountMigration, RefusalCountStoreMongo } from '../refusal-count-store-mongo.js';
import { ReportedDeliveryStoreMongo } from '../reported-delivery-store-mongo.js';
import type { NoticeEngineStores } from './notice-engine.js';

export const noticeEngineMigrations: readonly Migration[] = [
  deliveryMigration,
  massCallMigration,
  consentMigration,
  refusalCountMigration,
  earlyReportMigration,
];

/** What the engine of notices keeps, in MongoDB. */
export function openNoticeEngineStores(connection: MongoConnection): NoticeEngineStores {
  return {
    deliveries: new DeliveryStoreMongo(connection),
    massRows: new MassRowStoreMongo(connection),
    massCalls: new MassCallStoreMongo(connection),
    consents: new ConsentStoreMongo(connection),
    refusals: new RefusalCountStoreMongo(connection),
    reported: new ReportedDeliveryStoreMongo(connection),
    early: new EarlyReportStoreMongo(connection),
  };
}
