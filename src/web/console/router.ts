import { nextTick } from 'vue';
import { createRouter, createWebHistory, type Router } from 'vue-router';
import { pages } from './pages.js';
import { lastAccount } from './session/last-account.js';
import { useSession } from './session/session-store.js';
import SignInPage from './session/sign-in-page.vue';
import { toast } from './shared/toast.js';
import { guardRoute } from './shell/guard-route.js';

/** @param resumed resolves when it is known whether somebody is signed in. */
export function createConsoleRouter(resumed: Promise<void>): Router {
  const router = createRouter({
    history: createWebHistory(import.meta.env.BASE_URL),
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
    routes: [
      // The start leads elsewhere, always.
      { path: '/', name: 'start', component: SignInPage, meta: { title: '开始' } },
      { path: '/sign-in', name: 'sign-in', component: SignInPage, meta: { title: '登录', isPublic: true } },
      {
        path: '/first-password',
        name: 'first-password',
        component: () => import('./session/first-password-page.vue'),
        meta: { title: '设置新密码' },
      },
      {
        path: '/no-account',
        name: 'no-account',
        component: () => import('./shell/lost-page.vue'),
        props: { reason: 'no-account' },
        meta: { title: '还没有分配工作' },
      },
      ...pages
        .filter(({ meta }) => meta.isFullScreen)
        .map((page) => ({ ...page, path: `/:accountId/${page.path}` })),
      {
        path: '/:accountId',
        component: () => import('./shell/app-shell.vue'),
        meta: { title: '' },
        children: [
          { path: '', name: 'account-start', component: SignInPage, meta: { title: '开始' } },
          ...pages.filter(({ meta }) => !meta.isFullScreen),
        ],
      },
      {
        path: '/:rest(.*)*',
        name: 'not-found',
        component: () => import('./shell/lost-page.vue'),
        props: { reason: 'not-found' },
        meta: { title: '没有这个页面' },
      },
      {
        path: '/:rest(.*)*',
        name: 'not-allowed',
        component: () => import('./shell/lost-page.vue'),
        props: { reason: 'not-allowed' },
        meta: { title: '没有权限' },
      },
    ],
  });

  router.beforeEach(async (to) => {
    await resumed;
    const { session, accounts } = useSession();
    return guardRoute(to, { session, accounts, pages, lastAccountId: lastAccount.read() });
  });

  router.afterEach(async (to, from, failure) => {
    if (failure) return;
    const accountId = to.params['accountId'];
    if (typeof accountId === 'string') lastAccount.write(accountId);
    const { name } = useSession().accounts.find((one) => one.accountId === accountId) ?? {};
    document.title = [to.meta.title, name, '随身后台'].filter(Boolean).join(' · ');
    if (to.path === from.path || from.matched.length === 0) return;
    // Whoever listens to the page hears where they are now.
    await nextTick();
    document.querySelector<HTMLElement>('h1')?.focus();
  });

  // A page could not be fetched: the line is down, or a newer version has replaced it.
  router.onError((error) => toast.failed(error));

  return router;
}
