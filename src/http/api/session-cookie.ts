import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import type { SessionHandle } from './route.js';

/** Where the browser keeps the session token: out of reach of scripts and of other sites. */
export class SessionCookie {
  readonly name: string;
  readonly #secure: boolean;

  /** @param secure whether staff reach the console by https; the name's prefix then ties the cookie to this host. */
  constructor(secure: boolean) {
    this.#secure = secure;
    this.name = secure ? '__Host-suishen-session' : 'suishen-session';
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
    // Encryption ends at the balancer; what it hands on to us is plain, which the cookie library would refuse.
    ctx.cookies.secure = this.#secure;
    ctx.cookies.set(this.name, token, {
      httpOnly: true,
      sameSite: 'strict',
      secure: this.#secure,
      path: '/',
      overwrite: true,
    });
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
