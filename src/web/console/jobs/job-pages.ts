import { Timer } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const jobPages: readonly ConsolePage[] = [
  {
    path: 'jobs',
    name: 'jobs',
    component: () => import('./jobs-page.vue'),
    meta: { title: '定时任务', permission: 'jobs.view', menu: { group: '管理', icon: Timer } },
  },
];
