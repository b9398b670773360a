import { fileURLToPath } from 'node:url';
import type { Router } from '@koa/router';
import type { AppConfig } from './config.js';
import type { Clock } from './core/clock.js';
import type { FieldCipher } from './core/field-cipher.js';
import { createCitizenAppointments } from './features/appointments/citizen-feature.js';
import type { CitizenDesk } from './features/appointments/citizen-routes.js';
import type { TimetableReader } from './features/appointments/timetable-reader.js';
import { createAuditFeature } from './features/audit/audit-feature.js';
import { createCitizenSignIn } from './features/citizens/citizen-sign-in-feature.js';
import { createOwnData } from './features/compliance/compliance-feature.js';
import { ownDataRoutes } from './features/compliance/own-data-routes.js';
import type { CitizenRoute } from './http/citizen-api/citizen-route.js';
import { pageRouter } from './http/page-router.js';
import type { Logger } from './observability/logger.js';
import { listOwnData } from './personal-data.js';
import type { MongoConnection } from './storage/mongo-connection.js';
import type { WechatAccount } from './wechat/account.js';
import { WechatOauth } from './wechat/client/oauth.js';
import type { WechatClient } from './wechat/client/wechat-client.js';

export interface CitizenPagesOptions {
  config: Pick<AppConfig, 'publicUrl' | 'sandbox'>;
  connection: MongoConnection;
  accounts: readonly WechatAccount[];
  clients: ReadonlyMap<string, WechatClient>;
  appointments: { desk: CitizenDesk; timetable: TimetableReader };
  /** Of other features. */
  routes: readonly CitizenRoute[];
  cipher: FieldCipher;
  clock: Clock;
  logger: Logger;
  /** What the account is called. */
  accountName: (accountId: string) => string;
}

const builtPage = fileURLToPath(new URL('../dist/web/h5', import.meta.url));

/** The pages of citizens, `/h5/:account/…`: their sign-in, their API, and the page itself, which comes last. */
export function createCitizenPages(options: CitizenPagesOptions): Router[] {
  const { config, connection, accounts, clients, clock, logger } = options;
  const signIn = createCitizenSignIn({
    connection,
    oauth: new WechatOauth({ accounts, clients, ...(config.sandbox && { authorizeBase: '/sandbox' }) }),
    clock,
    logger,
    isAccount: (accountId) => accounts.some((account) => account.accountId === accountId),
    publicUrl: config.publicUrl,
    sandbox: config.sandbox,
  });
  const audit = createAuditFeature({ connection, clock }).trail;
  const ownData = createOwnData(listOwnData(options), { ...options, audit });
  return [
    ...signIn.routers([
      ...createCitizenAppointments({ ...options, ...options.appointments }),
      ...options.routes,
      ...ownDataRoutes(ownData, clock),
    ]),
    pageRouter({ prefix: '/h5/:accountId', folder: builtPage, ownAddresses: true }),
  ];
}
