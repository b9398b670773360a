import { Tickets } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const auditPages: readonly ConsolePage[] = [
  {
    path: 'audit',
    name: 'audit',
    component: () => import('./audit-page.vue'),
    meta: { title: '审计', permission: 'audit.view', menu: { group: '管理', icon: Tickets } },
  },
];
