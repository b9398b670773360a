import { FullScreen } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const checkInPages: readonly ConsolePage[] = [
  {
    path: 'check-in',
    name: 'check-in',
    component: () => import('./check-in-page.vue'),
    meta: {
      title: '检票',
      permission: 'tickets.checkIn',
      menu: { group: '活动', icon: FullScreen },
      isFullScreen: true,
    },
  },
];
