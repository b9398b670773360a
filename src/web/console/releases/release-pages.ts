import { Finished } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const releasePages: readonly ConsolePage[] = [
  {
    path: 'releases',
    name: 'releases',
    component: () => import('./releases-page.vue'),
    meta: { title: '发布版本', permission: 'content.view', menu: { group: '审核与发布', icon: Finished } },
  },
  {
    path: 'releases/:number(\\d+)',
    name: 'release',
    component: () => import('./release-page.vue'),
    meta: { title: '版本', permission: 'content.view', parent: 'releases' },
  },
];
