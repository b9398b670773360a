import type { RouteLocationNormalized, RouteLocationRaw } from 'vue-router';
import type { Permission } from '../../../api-types/permissions.js';
import type { SessionView } from '../../../api-types/staff.js';
import type { AccountView } from '../session/session-store.js';
import type { ConsolePage } from './console-page.js';

export interface Visit {
  session: SessionView | null;
  accounts: readonly AccountView[];
  pages: readonly ConsolePage[];
  /** The account worked in last, in this browser. */
  lastAccountId: string | null;
}

type Target = Pick<RouteLocationNormalized, 'name' | 'path' | 'params' | 'query' | 'meta' | 'fullPath'>;

/** Where somebody who asks for a page goes instead; true: to the page. */
export function guardRoute(to: Target, visit: Visit): RouteLocationRaw | true {
  const { session, accounts } = visit;
  if (!session) {
    if (to.meta.isPublic) return true;
    return { name: 'sign-in', query: to.fullPath === '/' ? {} : { back: to.fullPath } };
  }
  if (session.mustChangePassword) return to.name === 'first-password' || { name: 'first-password' };
  if (to.name === 'sign-in' || to.name === 'first-password') return readBack(to.query['back']);
  if (to.name === 'start') return findStart(visit);
  const accountId = to.params['accountId'];
  if (accountId === undefined) return true;
  const account = accounts.find((one) => one.accountId === accountId);
  if (!account) return lost(to, 'not-found');
  if (to.name === 'account-start') return findAccountStart(account, visit.pages);
  return mayOpen(to.meta, account) || lost(to, 'not-allowed');
}

/** Whether the person's permissions in the account open the page. */
export function mayOpen({ permission }: Pick<Target['meta'], 'permission'>, account: AccountView): boolean {
  if (permission === undefined) return true;
  const wanted: readonly Permission[] = typeof permission === 'string' ? [permission] : permission;
  return wanted.some((one) => account.permissions.includes(one));
}

/** The page in another account that comes nearest to the present one: the same, or the one above it, or its start. */
export function findSamePage(
  current: Pick<Target, 'name' | 'meta'>,
  account: AccountView,
  pages: readonly ConsolePage[],
): RouteLocationRaw {
  const { accountId } = account;
  let page = pages.find(({ name }) => name === current.name);
  // What an address names by its id belongs to one account.
  while (page?.path.includes(':')) {
    const above = page.meta.parent;
    page = pages.find(({ name }) => name === above);
  }
  return page && mayOpen(page.meta, account)
    ? { name: page.name, params: { accountId } }
    : findAccountStart(account, pages);
}

function findStart({ accounts, pages, lastAccountId }: Visit): RouteLocationRaw {
  const account = accounts.find(({ accountId }) => accountId === lastAccountId) ?? accounts[0];
  return account ? findAccountStart(account, pages) : { name: 'no-account' };
}

function findAccountStart(account: AccountView, pages: readonly ConsolePage[]): RouteLocationRaw {
  const { accountId } = account;
  const page = pages.find(({ meta }) => meta.menu && mayOpen(meta, account)) ?? { name: 'own-account' };
  return { name: page.name, params: { accountId } };
}

/** The address stays as it was asked for. */
function lost({ path, query }: Target, name: 'not-found' | 'not-allowed'): RouteLocationRaw {
  return { name, params: { rest: path.slice(1).split('/') }, query, replace: true };
}

/** Only an address of our own: whoever sends a link must not lead people elsewhere after they signed in. */
function readBack(back: unknown): RouteLocationRaw {
  return typeof back === 'string' && /^\/(?!\/)/.test(back) ? back : '/';
}
