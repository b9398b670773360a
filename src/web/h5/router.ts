import { nextTick } from 'vue';
import { createRouter, createWebHistory, type Router } from 'vue-router';
import HomePage from './pages/home-page.vue';
import { pagesBase } from './place.js';
import { tell } from './tell.js';

declare module 'vue-router' {
  interface RouteMeta {
    title: string;
  }
}

/** No address names a person: an appointment or a registration goes by an id that says nothing. */
export function createPageRouter(): Router {
  const router = createRouter({
    history: createWebHistory(pagesBase),
    scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
    routes: [
      { path: '/', name: 'home', component: HomePage, meta: { title: '预约办事' } },
      {
        path: '/book/:service',
        name: 'hall',
        component: () => import('./pages/hall-page.vue'),
        props: true,
        meta: { title: '选大厅' },
      },
      {
        path: '/book/:service/:venue',
        name: 'days',
        component: () => import('./pages/day-page.vue'),
        props: true,
        meta: { title: '选日期' },
      },
      {
        path: '/book/:service/:venue/:day',
        name: 'times',
        component: () => import('./pages/time-page.vue'),
        props: true,
        meta: { title: '选时间' },
      },
      {
        path: '/wait/:service/:venue/:day',
        name: 'wait',
        component: () => import('./pages/wait-page.vue'),
        props: true,
        meta: { title: '候补登记' },
      },
      {
        path: '/hold/:appointmentId',
        name: 'hold',
        component: () => import('./pages/hold-page.vue'),
        props: true,
        meta: { title: '填写办理人' },
      },
      {
        path: '/appointments',
        name: 'appointments',
        component: () => import('./pages/appointments-page.vue'),
        meta: { title: '我的预约' },
      },
      {
        path: '/appointments/:appointmentId',
        name: 'appointment',
        component: () => import('./pages/appointment-page.vue'),
        props: true,
        meta: { title: '预约详情' },
      },
      {
        path: '/activities',
        name: 'activities',
        component: () => import('./pages/activities-page.vue'),
        meta: { title: '活动' },
      },
      {
        path: '/activities/:activityId',
        name: 'activity',
        component: () => import('./pages/activity-page.vue'),
        props: true,
        meta: { title: '活动详情' },
      },
      {
        path: '/activities/:activityId/register/:groupId?',
        name: 'register',
        component: () => import('./pages/register-page.vue'),
        props: true,
        meta: { title: '填写报名表' },
      },
      {
        path: '/activities/:activityId/draw/:lot?',
        name: 'draw',
        component: () => import('./pages/draw-page.vue'),
        props: true,
        meta: { title: '抽签' },
      },
      {
        path: '/registrations',
        name: 'registrations',
        component: () => import('./pages/registrations-page.vue'),
        meta: { title: '我的报名' },
      },
      {
        path: '/registrations/:registrationId',
        name: 'registration',
        component: () => import('./pages/registration-page.vue'),
        props: true,
        meta: { title: '报名详情' },
      },
      {
        path: '/data',
        name: 'data',
        component: () => import('./pages/data-page.vue'),
        meta: { title: '我的数据' },
      },
      {
        path: '/privacy',
        name: 'privacy',
        component: () => import('./pages/privacy-page.vue'),
        meta: { title: '个人信息说明' },
      },
      {
        path: '/:rest(.*)*',
        name: 'lost',
        component: () => import('./pages/lost-page.vue'),
        meta: { title: '没有这个页面' },
      },
    ],
  });

  router.afterEach(async (to, from, failure) => {
    if (failure) return;
    document.title = to.meta.title;
    if (from.matched.length === 0 || to.path === from.path) return;
    // Whoever listens to the page hears where they are now.
    await nextTick();
    document.querySelector<HTMLElement>('h1')?.focus();
  });

  // A page could not be fetched: the line is down, or a newer version has replaced it.
  router.onError((error) => tell.failed(error));

  return router;
}
