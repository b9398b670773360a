/**
 * The address under which a link of the account opens on a citizen's phone. In WeChat every phone has a browser of its
 * own; here they share one, which may still be signed in to our pages as another citizen: so these are opened through
 * their sign-in, where the platform sees whose phone it is.
 */
export function phoneAddress(href: string, ownOrigin: string): string {
  if (!URL.canParse(href)) return href;
  const { origin, pathname } = new URL(href);
  const [, pages, path] = /^(\/h5\/[^/]+)(\/.*)?$/.exec(pathname) ?? [];
  if (pages === undefined || !isSameMachine(origin, ownOrigin) || path?.startsWith('/sign-in')) return href;
  return `${ownOrigin}${pages}/sign-in?to=${encodeURIComponent(path ?? '/')}`;
}

/** This machine has several names, and the account knows it by one. */
function isSameMachine(origin: string, ownOrigin: string): boolean {
  const [one, other] = [new URL(origin), new URL(ownOrigin)];
  return one.port === other.port && localNames.has(one.hostname) && localNames.has(other.hostname);
}

const localNames = new Set(['localhost', '127.0.0.1', '[::1]']);
