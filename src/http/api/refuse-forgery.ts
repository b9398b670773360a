import type { Context } from 'koa';
import { forgedRequest } from './api-errors.js';
import { matchesCsrfToken } from './session-cookie.js';

const harmlessMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Cross-site request forgery: a mutation must come from our own pages, by what the browser says about its origin,
 * and must carry the token of the session that it uses.
 *
 * @param publicHost host and port under which staff reach the console.
 * @throws UserError `forged_request`
 */
export function refuseForgery(ctx: Context, publicHost: string, sessionToken: string | null): void {
  if (harmlessMethods.has(ctx.method)) return;
  if (!comesFromOurPages(ctx, publicHost)) throw forgedRequest();
  if (sessionToken !== null && !matchesCsrfToken(sessionToken, ctx.get('x-csrf-token')))
    throw forgedRequest();
}

/** Browsers send at least one of the two headers with a mutation; a program that sends neither needs the token. */
function comesFromOurPages(ctx: Context, publicHost: string): boolean {
  const site = ctx.get('sec-fetch-site');
  if (site !== '' && site !== 'same-origin') return false;
  const origin = ctx.get('origin');
  return origin === '' || isOneOf(origin, [publicHost, ctx.get('host')]);
}

function isOneOf(origin: string, hosts: readonly string[]): boolean {
  return URL.canParse(origin) && hosts.includes(new URL(origin).host);
}
