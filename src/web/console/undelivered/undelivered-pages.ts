import { MuteNotification } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const undeliveredPages: readonly ConsolePage[] = [
  {
    path: 'undelivered-notices',
    name: 'undelivered-notices',
    component: () => import('./undelivered-page.vue'),
    meta: {
      title: '没送到的通知',
      permission: ['appointments.serve', 'activities.serve'],
      menu: { group: '市民', icon: MuteNotification },
    },
  },
];
