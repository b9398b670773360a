import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import type { SessionHandle } from './route.js';

export interface SessionCookieOptions {
  name: string;
  /** Whether the pages are reached by https. */
  secure: boolean;
  /** `lax`: it comes along, too, when a link on another site leads to us. */
  sameSite: 'strict' | 'lax';
  /** Below which path the browser sends it. Default: everywhere. */
  path?: (ctx: Context) => string;
}

/** Where the browser keeps the session token: out of reach of scripts and of other sites. */
export class SessionCookie {
  readonly #options: SessionCookieOptions;

  constructor(options: SessionCookieOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  read(ctx: Context): string | null {
    return ctx.cookies.get(this.name) ?? null;
  }

  handle(ctx: Context): SessionHandle {
    const token = this.read(ctx);
    return {
      token: token ?? '',
      csrfToken: token === null ? '' : csrfTokenOf(token),
      open: (fresh) => {
        this.#write(ctx, fresh);
        return csrfTokenOf(fresh);
      },
      close: () => this.#write(ctx, null),
    };
  }

  #write(ctx: Context, token: string | null): void {
    const { name, secure, sameSite, path = () => '/' } = this.#options;
    // Encryption ends at the balancer; what it hands on to us is plain, which the cookie library would refuse.
    ctx.cookies.secure = secure;
    ctx.cookies.set(name, token, { httpOnly: true, sameSite, secure, path: path(ctx), overwrite: true });
  }
}

/** Bound to the session: only a page that was given it by us, in an answer to that session, can know it. */
function csrfTokenOf(sessionToken: string): string {
  return createHmac('sha256', sessionToken).update('csrf').digest('base64url');
}

export function matchesCsrfToken(sessionToken: string, given: string): boolean {
  const expected = Buffer.from(csrfTokenOf(sessionToken));
  const sent = Buffer.from(given);
  return expected.length === sent.length && timingSafeEqual(expected, sent);
}
