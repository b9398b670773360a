import { createHash } from 'node:crypto';
import { Router, type RouterContext } from '@koa/router';
import type { Next } from 'koa';
import type { RateLimiter } from '../../core/rate-limiter.js';
import { notFound, tooManyAttempts } from '../../core/refusals.js';
import { signInRequired } from '../api/api-errors.js';
import { limitRate, neverCached, noteSender, sendResult, type SenderState } from '../api/api-stack.js';
import { readRequest } from '../api/read-request.js';
import { refuseForgery } from '../api/refuse-forgery.js';
import type { SessionCookie } from '../api/session-cookie.js';
import { pageHeaders } from '../http-app.js';
import { citizenCookie } from './citizen-cookie.js';
import type { CitizenRoute, SignedInCitizen } from './citizen-route.js';

export interface CitizenApiOptions {
  routes: readonly CitizenRoute[];
  /** Whose session the token opens at this account; null where it is unknown, expired or another account's. */
  identify: (accountId: string, token: string) => Promise<SignedInCitizen | null>;
  /** Whether this official account is served here. */
  isAccount: (accountId: string) => boolean;
  /** Counts every request, by address. */
  addressLimiter: RateLimiter;
  /** Counts every request of a signed-in citizen, by session. */
  sessionLimiter: RateLimiter;
  /** The address under which citizens reach the pages. */
  publicUrl: string;
}

interface ApiState extends SenderState {
  citizen: SignedInCitizen;
}

type Ctx = RouterContext<ApiState>;

/** The citizens' API, `/h5/:accountId/api`: every route needs the sign-in, and a mutation one of our own pages. */
export function citizenApiRouter(options: CitizenApiOptions): Router<ApiState> {
  const router = new Router<ApiState>({ prefix: '/h5/:accountId/api' });
  const cookie = citizenCookie(options.publicUrl);
  const { host } = new URL(options.publicUrl);
  router.use(pageHeaders(), neverCached, noteSender, limitRate(options.addressLimiter));
  for (const route of options.routes) {
    router[route.method](
      route.path,
      requireCitizen(cookie, options),
      requireOurPages(cookie, host),
      answer(route, cookie),
    );
  }
  // The pages below answer every other address with themselves; a program is told that there is nothing.
  router.all('/{*rest}', () => {
    throw notFound();
  });
  return router;
}

function requireCitizen(cookie: SessionCookie, options: CitizenApiOptions) {
  return async (ctx: Ctx, next: Next) => {
    const accountId = ctx.params['accountId'] ?? '';
    if (!options.isAccount(accountId)) throw notFound();
    const token = cookie.read(ctx);
    const citizen = token === null ? null : await options.identify(accountId, token);
    if (token === null || !citizen) throw signInRequired();
    const waitMs = await options.sessionLimiter.take(createHash('sha256').update(token).digest('base64url'));
    if (waitMs > 0) throw tooManyAttempts(waitMs);
    ctx.state.citizen = citizen;
    await next();
  };
}

function requireOurPages(cookie: SessionCookie, publicHost: string) {
  return async (ctx: Ctx, next: Next) => {
    refuseForgery(ctx, publicHost, cookie.read(ctx));
    await next();
  };
}

function answer(route: CitizenRoute, cookie: SessionCookie) {
  return async (ctx: Ctx) => {
    const parts = await readRequest(ctx, route, ctx.params);
    const { csrfToken } = cookie.handle(ctx);
    sendResult(ctx, route, await route.handler({ ...parts, citizen: ctx.state.citizen, csrfToken }));
  };
}
