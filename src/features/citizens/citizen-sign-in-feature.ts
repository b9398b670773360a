import type { Router } from '@koa/router';
import type { Clock } from '../../core/clock.js';
import { citizenApiRouter } from '../../http/citizen-api/citizen-api-router.js';
import type { CitizenRoute } from '../../http/citizen-api/citizen-route.js';
import type { Logger } from '../../observability/logger.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { createRateLimiterMemory } from '../../storage/rate-limiter-memory.js';
import { CitizenSessionStoreMongo } from './citizen-session-store-mongo.js';
import { CitizenSessions } from './citizen-sessions.js';
import { citizenSignInRoutes } from './citizen-sign-in-routes.js';
import type { OauthPort } from './oauth-port.js';

export interface CitizenSignInOptions {
  connection: MongoConnection;
  oauth: OauthPort;
  clock: Clock;
  logger: Logger;
  isAccount: (accountId: string) => boolean;
  publicUrl: string;
  sandbox: boolean;
}

export interface CitizenSignInFeature {
  /** The sign-in and the API with these routes; to be mounted before the page itself. */
  routers(routes: readonly CitizenRoute[]): Router[];
}

const minute = 60_000;
/** Thousands of phones come from one address of a mobile network. */
const addressLimit = { name: 'citizen-address', limit: 6_000, windowMs: minute };
const signInLimit = { name: 'citizen-sign-in', limit: 1_200, windowMs: minute };
/** Twice a second, all the time, is not a person. */
const sessionLimit = { name: 'citizen-session', limit: 120, windowMs: minute };

/** Puts the citizens' sign-in together on a database. */
export function createCitizenSignIn(options: CitizenSignInOptions): CitizenSignInFeature {
  const { connection, clock, isAccount, publicUrl } = options;
  const sessions = new CitizenSessions({ sessions: new CitizenSessionStoreMongo(connection), clock });
  return {
    routers: (routes) => [
      citizenSignInRoutes({ ...options, sessions, rateLimiter: createRateLimiterMemory(signInLimit) }),
      citizenApiRouter({
        routes,
        identify: (accountId, token) => sessions.identify(accountId, token),
        isAccount,
        addressLimiter: createRateLimiterMemory(addressLimit),
        sessionLimiter: createRateLimiterMemory(sessionLimit),
        publicUrl,
      }),
    ],
  };
}
