import { ChatLineSquare } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const feedbackPages: readonly ConsolePage[] = [
  {
    path: 'feedback',
    name: 'feedback',
    component: () => import('./feedback-page.vue'),
    meta: { title: '评价', permission: 'insights.view', menu: { group: '市民', icon: ChatLineSquare } },
  },
];
