import { Avatar } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const staffPages: readonly ConsolePage[] = [
  {
    path: 'staff',
    name: 'staff',
    component: () => import('./staff-page.vue'),
    meta: { title: '人员', permission: 'staff.view', menu: { group: '管理', icon: Avatar } },
  },
  {
    path: 'staff/requests',
    name: 'staff-requests',
    component: () => import('./request-history-page.vue'),
    meta: { title: '申请记录', permission: 'staff.manage', parent: 'staff' },
  },
];
