import { Router, type RouterContext } from '@koa/router';
import type { Clock } from '../../core/clock.js';
import { pageHeaders } from '../../http/http-app.js';
import { simplePage, type PageLink } from '../../http/simple-page.js';
import type { CitizenState } from '../account-state.js';
import { isLocalName, requireLocalNames } from '../guard.js';
import type { PlatformApi } from '../platform/platform-api.js';
import { randomText } from '../random-text.js';
import { authorizeTexts as texts } from '../sandbox-texts.js';
import type { World, WorldAccount } from '../world.js';

export interface AuthorizeRouterOptions {
  /** Below it lies `/connect/oauth2/authorize`. */
  prefix: string;
  world: World;
  api: PlatformApi;
  clock: Clock;
  random: () => number;
}

/** Set by the phone page: whose phone it is that opens a web page. */
export const phoneCookie = 'suishen-sandbox-phone';
/** Asks for the invented person of a snapshot page. */
const snapshot = 'snapshot';

/**
 * The platform's sign-in page of web authorization. On the phone page the phone's citizen goes through unseen, as with
 * `snsapi_base` in WeChat; any other browser is asked who it is.
 */
export function createAuthorizeRouter(options: AuthorizeRouterOptions): Router {
  const router = new Router({ prefix: options.prefix });
  router.get('/connect/oauth2/authorize', requireLocalNames(), pageHeaders(), (ctx) => {
    ctx.set('cache-control', 'no-store');
    const request = readRequest(ctx, options.world);
    if (typeof request === 'string') return show(ctx, texts.refused, [request]);
    const { account } = request;
    const as = request.as ?? ctx.cookies.get(phoneCookie);
    const citizen = as === undefined ? undefined : account.citizens.get(as);
    if (as === snapshot) return goBack(ctx, options, request, `o${randomText(options.random, 27)}`);
    if (citizen) return goBack(ctx, options, request, citizen.openid);
    show(ctx, texts.title, [texts.intro(account.name), texts.asWhom], linksOf(ctx, account));
  });
  return router;
}

interface AuthorizeRequest {
  account: WorldAccount;
  redirectUri: URL;
  state: string;
  /** Who was chosen on the page. */
  as: string | undefined;
}

/** @returns why the page does not open, where it does not. */
function readRequest(ctx: RouterContext, world: World): AuthorizeRequest | string {
  const query = ctx.URL.searchParams;
  const appId = query.get('appid');
  const account = [...world.accounts.values()].find((one) => one.account.appId === appId);
  if (!account) return texts.wrongAppId;
  if (query.get('response_type') !== 'code') return texts.wrongType;
  if (query.get('scope') !== 'snsapi_base') return texts.wrongScope;
  const state = query.get('state') ?? '';
  if (!/^[A-Za-z0-9]{0,128}$/.test(state)) return texts.wrongState;
  const redirect = query.get('redirect_uri') ?? '';
  if (!isLocalName(redirect)) return texts.wrongRedirect;
  return { account, state, redirectUri: new URL(redirect), as: query.get('as') ?? undefined };
}

function goBack(
  ctx: RouterContext,
  { api, clock }: AuthorizeRouterOptions,
  { account, redirectUri, state, as }: AuthorizeRequest,
  openid: string,
): void {
  const { accountId } = account.account;
  redirectUri.searchParams.set('code', api.oauthCodes.issue(accountId, openid, as === snapshot, clock.now()));
  redirectUri.searchParams.set('state', state);
  ctx.redirect(redirectUri.href);
}

/** The same address again, with the answer. */
function linksOf(ctx: RouterContext, { state }: WorldAccount): PageLink[] {
  const linkTo = (as: string) => {
    const query = new URLSearchParams(ctx.URL.searchParams);
    query.set('as', as);
    return `${ctx.path}?${query.toString()}`;
  };
  const toLink = ({ nickname, openid }: CitizenState) => ({ text: nickname, href: linkTo(openid) });
  return [...state.citizens.map(toLink), { text: texts.asSnapshot, href: linkTo(snapshot) }];
}

function show(ctx: RouterContext, title: string, lines: string[], links: PageLink[] = []): void {
  ctx.type = 'html';
  ctx.body = simplePage({ title, lines, links });
}
