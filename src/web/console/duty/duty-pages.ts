import { BellFilled } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const dutyPages: readonly ConsolePage[] = [
  {
    path: 'duty',
    name: 'duty',
    component: () => import('./duty-page.vue'),
    meta: { title: '值班提醒', permission: 'duty.handle', menu: { group: '市民', icon: BellFilled } },
  },
];
