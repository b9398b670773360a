import { randomBytes } from 'node:crypto';
import { Router, type RouterContext } from '@koa/router';
import type { Next } from 'koa';
import { OperationalError, describeError } from '../../core/errors.js';
import type { RateLimiter } from '../../core/rate-limiter.js';
import { notFound } from '../../core/refusals.js';
import { limitRate, neverCached, noteSender, type SenderState } from '../../http/api/api-stack.js';
import type { SessionCookie } from '../../http/api/session-cookie.js';
import { citizenCookie, pagesOf } from '../../http/citizen-api/citizen-cookie.js';
import { pageHeaders } from '../../http/http-app.js';
import { simplePage, type SimplePage } from '../../http/simple-page.js';
import type { Logger } from '../../observability/logger.js';
import type { CitizenSessions } from './citizen-sessions.js';
import type { OauthPort } from './oauth-port.js';
import { signInTexts } from './sign-in-texts.js';

export interface CitizenSignInParts {
  sessions: CitizenSessions;
  oauth: OauthPort;
  isAccount: (accountId: string) => boolean;
  /** Counts every request, by address. */
  rateLimiter: RateLimiter;
  /** The address under which citizens reach the pages. */
  publicUrl: string;
  /** Whether the platform is the sandbox: then this machine may be called by whatever name the browser uses. */
  sandbox: boolean;
  logger: Logger;
}

type Ctx = RouterContext<SenderState>;

const stateCookie = 'suishen-sign-in';
/** Longer than anybody looks at the platform's page; a code is good for five minutes. */
const stateLifeMs = 10 * 60_000;

/**
 * Sign-in of citizens: `…/sign-in?to=/appointments` sends the browser to the platform, which sends it back to
 * `…/sign-in/done` with a code. The state ties the way back to the browser that left, so that nobody can be signed in
 * as somebody else by a link.
 */
export function citizenSignInRoutes(parts: CitizenSignInParts): Router<SenderState> {
  const { oauth, sessions, isAccount, publicUrl } = parts;
  const router = new Router<SenderState>({ prefix: '/h5/:accountId/sign-in' });
  const session = citizenCookie(publicUrl);
  const state = new StateCookie(new URL(publicUrl).protocol === 'https:');
  router.use(pageHeaders(), neverCached, noteSender, limitRate(parts.rateLimiter));
  router.use(async (ctx: Ctx, next: Next) => {
    if (!isAccount(accountOf(ctx))) throw notFound();
    await next();
  });
  router.use(showWhatFails(parts.logger));

  router.get('/', (ctx) => {
    const origin = parts.sandbox ? `${ctx.protocol}://${ctx.host}` : new URL(publicUrl).origin;
    const back = `${origin}${pagesOf(accountOf(ctx))}/sign-in/done`;
    const kept = { state: randomBytes(16).toString('hex'), to: ownPath(ctx.query['to']) };
    const address = oauth.authorizeUrl(accountOf(ctx), back, kept.state);
    state.keep(ctx, kept);
    ctx.redirect(address);
  });

  router.get('/done', async (ctx) => {
    const accountId = accountOf(ctx);
    const kept = state.take(ctx);
    const { code, state: given } = ctx.query;
    if (!kept || kept.state !== given || typeof code !== 'string') {
      // Somebody went back in the browser's history: whoever is signed in need not be asked again.
      if (await isSignedIn(ctx, session, sessions)) return ctx.redirect(`${pagesOf(accountId)}/`);
      return show(ctx, 403, signInTexts.failed, true);
    }
    const found = await oauth.exchange(accountId, code);
    if (!found) return show(ctx, 403, signInTexts.failed, true);
    if (found.isSnapshot) return show(ctx, 403, signInTexts.snapshot);
    const before = session.read(ctx);
    if (before !== null) await sessions.close(before);
    session.handle(ctx).open(await sessions.open(accountId, found.openid));
    ctx.redirect(`${pagesOf(accountId)}${kept.to}`);
  });
  return router;
}

function accountOf(ctx: Ctx): string {
  return ctx.params['accountId'] ?? '';
}

/** A path of the pages themselves, `/appointments`; anything else leads to their beginning. */
function ownPath(given: unknown): string {
  return typeof given === 'string' && given.length <= 200 && /^(?:\/[\w-]+)+$/.test(given) ? given : '/';
}

async function isSignedIn(ctx: Ctx, cookie: SessionCookie, sessions: CitizenSessions): Promise<boolean> {
  const token = cookie.read(ctx);
  return token !== null && (await sessions.identify(accountOf(ctx), token)) !== null;
}

/** A person waits in front of a page: it says in words what the platform's failure means to them. */
function showWhatFails(logger: Logger) {
  return async (ctx: Ctx, next: Next) => {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof OperationalError)) throw error;
      logger.warn({ account: accountOf(ctx), reason: describeError(error) }, 'a citizen could not sign in');
      show(ctx, 503, signInTexts.unavailable, true);
    }
  };
}

function show(ctx: Ctx, status: number, text: Pick<SimplePage, 'title' | 'lines'>, isWorthAnother = false) {
  ctx.status = status;
  ctx.type = 'html';
  const again = { text: signInTexts.again, href: `${pagesOf(accountOf(ctx))}/sign-in` };
  ctx.body = simplePage({ ...text, links: isWorthAnother ? [again] : [] });
}

interface KeptState {
  state: string;
  to: string;
}

/** What the browser keeps while it is at the platform. */
class StateCookie {
  readonly #secure: boolean;

  constructor(secure: boolean) {
    this.#secure = secure;
  }

  keep(ctx: Ctx, { state, to }: KeptState): void {
    this.#write(ctx, `${state}.${to.replaceAll('/', '.')}`, stateLifeMs);
  }

  /** Good for one return. */
  take(ctx: Ctx): KeptState | null {
    const [, state, to] = /^([0-9a-f]{32})\.(.*)$/.exec(ctx.cookies.get(stateCookie) ?? '') ?? [];
    if (state === undefined || to === undefined) return null;
    this.#write(ctx, null, 0);
    return { state, to: ownPath(to.replaceAll('.', '/')) };
  }

  #write(ctx: Ctx, value: string | null, maxAge: number): void {
    const secure = this.#secure;
    ctx.cookies.secure = secure;
    const path = `${pagesOf(accountOf(ctx))}/sign-in`;
    ctx.cookies.set(stateCookie, value, {
      httpOnly: true,
      sameSite: 'lax',
      secure,
      path,
      maxAge,
      overwrite: true,
    });
  }
}
