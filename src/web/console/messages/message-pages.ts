import { Message } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const messagePages: readonly ConsolePage[] = [
  {
    path: 'messages',
    name: 'messages',
    component: () => import('./messages-page.vue'),
    meta: { title: '留言', permission: 'messages.view', menu: { group: '市民', icon: Message } },
  },
];
