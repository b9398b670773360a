import { describe, expect, it } from '@jest/globals';
import type { SessionView } from '../../../../src/api-types/staff.js';
import type { ConsolePage } from '../../../../src/web/console/shell/console-page.js';
import { findSamePage, guardRoute, type Visit } from '../../../../src/web/console/shell/guard-route.js';
import { trailOf } from '../../../../src/web/console/shell/trail-of.js';

const component = {};
const menu = { group: '内容', icon: component } as const;
const pages: readonly ConsolePage[] = [
  { path: 'tree', name: 'tree', component, meta: { title: '树', permission: 'content.view', menu } },
  {
    path: 'tree/:nodeId',
    name: 'node',
    component,
    meta: { title: '节点', permission: 'content.view', parent: 'tree' },
  },
  { path: 'staff', name: 'staff', component, meta: { title: '人员', permission: 'staff.view', menu } },
  {
    path: 'both',
    name: 'both',
    component,
    meta: { title: '两样', permission: ['staff.manage', 'staff.view'] },
  },
  { path: 'own-account', name: 'own-account', component, meta: { title: '我的账号', menu } },
];
const session: SessionView = {
  staffId: 's1',
  username: 'liping',
  name: '李萍',
  roles: [],
  permissions: [],
  mustChangePassword: false,
  totp: false,
  sessionId: 'x',
  csrfToken: 'c',
};
const city = { accountId: 'city', name: '全市', permissions: ['content.view'] };
const traffic = { accountId: 'traffic', name: '交警', permissions: ['staff.view'] };

function visit(overrides: Partial<Visit> = {}): Visit {
  return { session, accounts: [city, traffic], pages, lastAccountId: null, ...overrides };
}

/** A way to the page of that name; parameters fill its path. */
function to(name: string, params: Record<string, string> = {}, query: Record<string, string> = {}) {
  const page = pages.find((one) => one.name === name);
  const path = `/${params['accountId'] ?? ''}${page ? `/${page.path}` : ''}`;
  const search = new URLSearchParams(query).toString();
  const meta = page?.meta ?? { title: '', ...(name === 'sign-in' && { isPublic: true as const }) };
  return { name, path, params, query, meta, fullPath: search === '' ? path : `${path}?${search}` };
}

describe('the way to a page', () => {
  it('leads a stranger to the sign-in, and back afterwards', () => {
    const wanted = to('tree', { accountId: 'city' }, { text: '1' });
    expect(guardRoute(wanted, visit({ session: null }))).toEqual({
      name: 'sign-in',
      query: { back: '/city/tree?text=1' },
    });
    expect(guardRoute(to('sign-in'), visit({ session: null }))).toBe(true);
    expect(guardRoute(to('sign-in', {}, { back: '/city/tree?text=1' }), visit())).toBe('/city/tree?text=1');
  });

  it.each(['//evil.example/', 'https://evil.example/', ''])('never leads back to %j', (back) => {
    expect(guardRoute(to('sign-in', {}, { back }), visit())).toBe('/');
  });

  it('leads whoever has a one-time password to its replacement, and nowhere else', () => {
    const fresh = visit({ session: { ...session, mustChangePassword: true } });
    expect(guardRoute(to('tree', { accountId: 'city' }), fresh)).toEqual({ name: 'first-password' });
    expect(guardRoute(to('first-password'), fresh)).toBe(true);
  });

  it('begins in the account worked in last, on the first page that the person may open there', () => {
    expect(guardRoute(to('start'), visit())).toEqual({ name: 'tree', params: { accountId: 'city' } });
    expect(guardRoute(to('start'), visit({ lastAccountId: 'traffic' }))).toEqual({
      name: 'staff',
      params: { accountId: 'traffic' },
    });
    expect(guardRoute(to('start'), visit({ accounts: [] }))).toEqual({ name: 'no-account' });
  });

  it('opens what the permissions in that account allow, and says so where they do not', () => {
    expect(guardRoute(to('tree', { accountId: 'city' }), visit())).toBe(true);
    expect(guardRoute(to('tree', { accountId: 'traffic' }), visit())).toMatchObject({ name: 'not-allowed' });
    expect(guardRoute(to('tree', { accountId: 'elsewhere' }), visit())).toMatchObject({
      name: 'not-found',
      params: { rest: ['elsewhere', 'tree'] },
    });
  });
});

it('a page that serves several is open to whoever may do one of them', () => {
  expect(guardRoute(to('both', { accountId: 'traffic' }), visit())).toBe(true);
  expect(guardRoute(to('both', { accountId: 'city' }), visit())).toMatchObject({ name: 'not-allowed' });
});

describe('another account', () => {
  const both = { ...traffic, permissions: ['content.view', 'staff.view'] };

  it('shows the same page, where the person may open it', () => {
    expect(findSamePage(to('tree'), both, pages)).toEqual({ name: 'tree', params: { accountId: 'traffic' } });
    expect(findSamePage(to('tree'), traffic, pages)).toMatchObject({ name: 'staff' });
  });

  it('shows the page above one that is about a single object', () => {
    expect(findSamePage(to('node'), both, pages)).toMatchObject({ name: 'tree' });
  });
});

it('the trail names the pages above, the highest first', () => {
  expect(trailOf('node', pages).map(({ name }) => name)).toEqual(['tree', 'node']);
  expect(trailOf('nothing', pages)).toEqual([]);
});
