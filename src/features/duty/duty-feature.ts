import { Counter, type Registry } from 'prom-client';
import { z } from 'zod';
import type { Clock } from '../../core/clock.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import type { RequestHandler } from '../conversations/dialog-requests.js';
import { DutyAlerts, type DutyWatcher } from './duty-alerts.js';
import { DutyAlertStoreMongo, dutyAlertMigration } from './duty-alert-store-mongo.js';

export interface DutyFeature {
  dutyAlerts: DutyAlerts;
  /** For the dialog, by name. */
  requests: readonly [string, RequestHandler][];
}

export const dutyMigrations: readonly Migration[] = [dutyAlertMigration];

export function createDutyFeature(parts: {
  connection: MongoConnection;
  clock: Clock;
  logger: Logger;
  registry?: Registry;
}): DutyFeature {
  const { connection, clock, logger, registry } = parts;
  const dutyAlerts = new DutyAlerts({
    store: new DutyAlertStoreMongo(connection),
    watcher: createDutyWatcher(logger, registry),
    clock,
  });
  return { dutyAlerts, requests: [['duty.alert', alertHandler(dutyAlerts)]] };
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
