import { ChatLineSquare } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const replyPages: readonly ConsolePage[] = [
  {
    path: 'replies',
    name: 'replies',
    component: () => import('./replies-page.vue'),
    meta: { title: '回复', permission: 'content.view', menu: { group: '内容', icon: ChatLineSquare } },
  },
  {
    path: 'replies/:replyId',
    name: 'reply',
    component: () => import('./reply-page.vue'),
    meta: { title: '回复', permission: 'content.view', parent: 'replies' },
  },
  {
    path: 'new-reply',
    name: 'new-reply',
    component: () => import('./new-reply-page.vue'),
    meta: { title: '写一条回复', permission: 'draft.edit', parent: 'replies' },
  },
];
