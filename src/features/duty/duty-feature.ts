import { Counter, type Registry } from 'prom-client';
import { z } from 'zod';
import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { Release } from '../../dialog/release.js';
import type { Route } from '../../http/api/route.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { RequestHandler } from '../conversations/dialog-requests.js';
import { DutyAlerts, type DutyWatcher } from './duty-alerts.js';
import {
  DutyAlertStoreMongo,
  dutyAlertMigration,
  dutyAlertSealedMigration,
} from './duty-alert-store-mongo.js';
import { dutyRoutes } from './duty-routes.js';

export interface DutyFeature {
  dutyAlerts: DutyAlerts;
  /** For the dialog, by name. */
  requests: readonly [string, RequestHandler][];
}

export const dutyMigrations: readonly Migration[] = [dutyAlertMigration, dutyAlertSealedMigration];

export function createDutyFeature(parts: {
  connection: MongoConnection;
  audit: AuditTrail;
  cipher: FieldCipher;
  clock: Clock;
  logger: Logger;
  registry?: Registry;
}): DutyFeature {
  const { connection, audit, cipher, clock, logger, registry } = parts;
  const dutyAlerts = new DutyAlerts({
    store: new DutyAlertStoreMongo(connection),
    transactions: new TransactionRunnerMongo(connection),
    audit,
    cipher,
    watcher: createDutyWatcher(logger, registry),
    clock,
  });
  return { dutyAlerts, requests: [['duty.alert', alertHandler(dutyAlerts)]] };
}

/** The staff API of this feature; kinds of emergency are called as in the release that is live. */
export function createDutyRoutes(
  { dutyAlerts }: DutyFeature,
  currentRelease: (accountId: string) => Release | undefined,
): Route[] {
  return dutyRoutes(dutyAlerts, (accountId, kind) => {
    const kinds = currentRelease(accountId)?.content.emergency.kinds ?? [];
    return kinds.find(({ id }) => id === kind)?.title ?? '紧急求助';
  });
}

/** `duty.alert`, as the dialog asks for it. */
export function alertHandler(dutyAlerts: DutyAlerts): RequestHandler {
  return async (asker, payload) => {
    await dutyAlerts.raise(asker, newAlertSchema.parse(payload));
    return {};
  };
}

const newAlertSchema = z.object({ kind: z.string(), word: z.string(), text: z.string() });

/** No text leaves through it, and of the openid only the end. */
export function createDutyWatcher(logger: Logger, registry?: Registry): DutyWatcher {
  const alerts = new Counter({
    name: 'suishen_duty_alerts_total',
    help: 'Messages that tell of an emergency, by kind and by whether the alert could be recorded',
    labelNames: ['account', 'kind', 'recorded'],
    registers: registry ? [registry] : [],
  });
  return {
    raised({ accountId, openid, id, kind }, recorded) {
      alerts.inc({ account: accountId, kind, recorded: String(recorded) });
      logger.error(
        { account: accountId, alert: id, kind, citizen: `…${openid.slice(-4)}`, recorded },
        'a citizen wrote of an emergency; the officer on duty must look at it now',
      );
    },
  };
}
