import { SessionCookie } from '../api/session-cookie.js';

/** Where the pages of an account lie; the cookies of one account are not sent to another's. */
export function pagesOf(accountId: string): string {
  return `/h5/${accountId}`;
}

/**
 * The cookie that a citizen's session is kept in. The way back from the platform's sign-in begins on another site,
 * so it is `lax`; what it allows on such a visit is to look at a page.
 *
 * @param publicUrl the address under which citizens reach the pages.
 */
export function citizenCookie(publicUrl: string): SessionCookie {
  const secure = new URL(publicUrl).protocol === 'https:';
  return new SessionCookie({
    name: secure ? '__Secure-suishen-citizen' : 'suishen-citizen',
    secure,
    sameSite: 'lax',
    // Of the address itself: a path with a parameter is the only one these pages have.
    path: (ctx) => ctx.path.split('/').slice(0, 3).join('/'),
  });
}
