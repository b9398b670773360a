import { randomUUID } from 'node:crypto';
import type { Registry } from 'prom-client';
import type { Clock } from '../../core/clock.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { createPurgeWatcher, logUnfinishedErasure } from './compliance-metrics.js';
import { erasureMigration, ErasureStoreMongo } from './erasure-store-mongo.js';
import type { OwnDataPart } from './own-data-part.js';
import { OwnData } from './own-data.js';
import { PersonalDataPurge } from './personal-data-purge.js';
import { PurgeReportStoreMongo } from './purge-report-store-mongo.js';
import type { RetentionKind } from './retention-kind.js';

export const complianceMigrations: readonly Migration[] = [erasureMigration];

interface ComplianceParts {
  connection: MongoConnection;
  audit: AuditTrail;
  clock: Clock;
  logger: Logger;
}

/** @param kinds what the features keep for a time. */
export function createPurge(
  kinds: readonly RetentionKind[],
  { connection, audit, clock, logger, registry }: ComplianceParts & { registry: Registry },
): PersonalDataPurge {
  return new PersonalDataPurge({
    kinds,
    reports: new PurgeReportStoreMongo(connection),
    transactions: new TransactionRunnerMongo(connection),
    audit,
    watcher: createPurgeWatcher(registry, logger),
    clock,
    newId: randomUUID,
  });
}

/** @param parts what the features hold of a citizen, in the order in which it is erased. */
export function createOwnData(
  parts: readonly OwnDataPart[],
  { connection, audit, clock, logger }: ComplianceParts,
): OwnData {
  return new OwnData({
    parts,
    erasures: new ErasureStoreMongo(connection),
    transactions: new TransactionRunnerMongo(connection),
    audit,
    clock,
    newId: randomUUID,
    onFailure: logUnfinishedErasure(logger),
  });
}
