import { CircleCheck } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const findingPages: readonly ConsolePage[] = [
  {
    path: 'findings',
    name: 'findings',
    component: () => import('./findings-page.vue'),
    meta: { title: '检查', permission: 'content.view', menu: { group: '内容', icon: CircleCheck } },
  },
];
