import { Files, Stamp } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const draftOverviewPages: readonly ConsolePage[] = [
  {
    path: 'draft',
    name: 'draft',
    component: () => import('./draft-page.vue'),
    meta: { title: '草稿概览', permission: 'content.view', menu: { group: '内容', icon: Files } },
  },
];

export const reviewPages: readonly ConsolePage[] = [
  {
    path: 'submissions',
    name: 'submissions',
    component: () => import('./submissions-page.vue'),
    meta: { title: '审核', permission: 'content.view', menu: { group: '审核与发布', icon: Stamp } },
  },
  {
    path: 'submissions/:number(\\d+)',
    name: 'submission',
    component: () => import('./submission-page.vue'),
    meta: { title: '送审', permission: 'content.view', parent: 'submissions' },
  },
];
