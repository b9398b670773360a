import { AlarmClock, EditPen, Message, Odometer, Promotion } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

const group = '推送';

export const noticePages: readonly ConsolePage[] = [
  {
    path: 'notices',
    name: 'notices',
    component: () => import('./list/notices-page.vue'),
    meta: { title: '推送列表', permission: 'notices.view', menu: { group, icon: Message } },
  },
  {
    path: 'notices/compose/:id?',
    name: 'notice-compose',
    component: () => import('./compose/compose-page.vue'),
    meta: {
      title: '写推送',
      permission: 'notices.compose',
      menu: { group, icon: EditPen },
    },
  },
  {
    path: 'notices/emergency',
    name: 'notice-emergency',
    component: () => import('./emergency/emergency-page.vue'),
    meta: { title: '应急推送', permission: 'notices.compose', menu: { group, icon: Promotion } },
  },
  {
    path: 'notices/presets',
    name: 'notice-presets',
    component: () => import('./presets/presets-page.vue'),
    meta: { title: '常用应急文本', permission: 'notices.view', menu: { group, icon: AlarmClock } },
  },
  {
    path: 'notices/quotas',
    name: 'notice-quotas',
    component: () => import('./quotas/quotas-page.vue'),
    meta: { title: '额度与错误', permission: 'notices.view', menu: { group, icon: Odometer } },
  },
  {
    path: 'notices/:id',
    name: 'notice',
    component: () => import('./notice-page.vue'),
    meta: { title: '推送', permission: 'notices.view', parent: 'notices' },
  },
];
