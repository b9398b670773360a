import { Router, type RouterContext } from '@koa/router';
import type { Next } from 'koa';
import type { Actor } from '../../core/actor.js';
import { UserError, describeError } from '../../core/errors.js';
import { systemAccount } from '../../core/permissions.js';
import type { RateLimiter } from '../../core/rate-limiter.js';
import { runGently } from '../../core/run-gently.js';
import type { Logger } from '../../observability/logger.js';
import { pageHeaders } from '../http-app.js';
import type { AccessControl, Visitor } from './access-control.js';
import { signInRequired } from './api-errors.js';
import { limitRate, neverCached, noteSender, sendResult } from './api-stack.js';
import { checkPermission } from './check-permission.js';
import { describeApi } from './openapi.js';
import { readRequest } from './read-request.js';
import { refuseForgery } from './refuse-forgery.js';
import { apiPrefix, nameRoute, type PublicRequest, type Route } from './route.js';
import { SessionCookie } from './session-cookie.js';

export interface ApiOptions {
  routes: readonly Route[];
  access: AccessControl;
  /** Counts every request, by address. */
  rateLimiter: RateLimiter;
  /** The address under which staff reach the console. */
  publicUrl: string;
  logger: Logger;
}

interface ApiState {
  from: Actor['from'];
  sessionToken: string | null;
  visitor: Visitor | null;
}

type Ctx = RouterContext<ApiState>;

/** The staff API, `/api/v1`: each declared route as one stack, and the document that describes them all. */
export function apiRouter({ routes, access, rateLimiter, publicUrl, logger }: ApiOptions): Router<ApiState> {
  const router = new Router<ApiState>({ prefix: apiPrefix });
  const { host, protocol } = new URL(publicUrl);
  const cookie = sessionCookie(protocol === 'https:');
  router.use(pageHeaders(), neverCached, noteSender, limitRate(rateLimiter));
  refuseTwins(routes);
  for (const route of routes) {
    router[route.method](
      route.path,
      findVisitor(cookie, access),
      recordRefusals(route, access, logger),
      requireOurPages(route, host),
      requirePermission(route, access),
      answer(route, cookie),
    );
  }
  // Made once, on a node that is asked: few ever are, and it takes a tenth of a second.
  let document: Promise<object> | undefined;
  router.get('/openapi.json', async (ctx) => {
    document ??= runGently(describeApi(routes, cookie.name));
    ctx.body = await document;
  });
  return router;
}

/** Of two with one name the second would never be reached. */
function refuseTwins(routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const name of routes.map(nameRoute)) {
    if (seen.has(name)) throw new Error(`${name} is declared twice`);
    seen.add(name);
  }
}

/** The prefix of the name ties the cookie to this host, where that can be had. */
function sessionCookie(secure: boolean): SessionCookie {
  const name = secure ? '__Host-suishen-session' : 'suishen-session';
  return new SessionCookie({ name, secure, sameSite: 'strict' });
}

function findVisitor(cookie: SessionCookie, access: AccessControl) {
  return async (ctx: Ctx, next: Next) => {
    ctx.state.sessionToken = cookie.read(ctx);
    ctx.state.visitor =
      ctx.state.sessionToken === null ? null : await access.identify(ctx.state.sessionToken);
    await next();
  };
}

/** Whoever asks for what they may not do is found in the audit trail, whichever layer refused it. */
function recordRefusals(route: Route, access: AccessControl, logger: Logger) {
  return async (ctx: Ctx, next: Next) => {
    try {
      await next();
    } catch (error) {
      const { visitor, from } = ctx.state;
      if (visitor && error instanceof UserError && error.status === 403) {
        const named = accountOf(ctx);
        const accountId = access.isAccount(named) ? named : systemAccount;
        const attempt = { accountId, route: nameRoute(route), code: error.code };
        await access
          .recordRefusal({ actor: actorOf(visitor, from), ...attempt })
          .catch((failure: unknown) => {
            logger.error(
              { ...attempt, reason: describeError(failure) },
              'a refused attempt could not be audited',
            );
          });
      }
      throw error;
    }
  };
}

/** The account that the path names; empty where it names none. */
function accountOf(ctx: Ctx): string {
  return ctx.params['accountId'] ?? '';
}

function requireOurPages(route: Route, publicHost: string) {
  return async (ctx: Ctx, next: Next) => {
    // A public route uses no session, so there is none to misuse.
    const { sessionToken, visitor } = ctx.state;
    refuseForgery(ctx, publicHost, visitor && route.permission !== 'public' ? sessionToken : null);
    await next();
  };
}

function requirePermission(route: Route, access: AccessControl) {
  return async (ctx: Ctx, next: Next) => {
    checkPermission(route, ctx.state.visitor, accountOf(ctx), access);
    await next();
  };
}

function actorOf({ staffId, name }: Visitor, from: Actor['from']): Actor {
  return { by: { staffId, name }, from };
}

function answer(route: Route, cookie: SessionCookie) {
  return async (ctx: Ctx) => {
    const { visitor, from } = ctx.state;
    const parts = await readRequest(ctx, route, ctx.params);
    const result = await handle(route, { ...parts, from, session: cookie.handle(ctx) }, visitor);
    sendResult(ctx, route, result);
  };
}

async function handle(
  route: Route,
  request: PublicRequest<unknown, unknown, unknown>,
  visitor: Visitor | null,
): Promise<unknown> {
  if (route.permission === 'public') return route.handler(request);
  if (!visitor) throw signInRequired();
  return route.handler({ ...request, visitor, actor: actorOf(visitor, request.from) });
}
