import { Setting } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const settingsPages: readonly ConsolePage[] = [
  {
    path: 'settings',
    name: 'settings',
    component: () => import('./settings-page.vue'),
    meta: { title: '设置', permission: 'content.view', menu: { group: '内容', icon: Setting } },
  },
];
