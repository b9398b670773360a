import { Files } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const filePages: readonly ConsolePage[] = [
  {
    path: 'files',
    name: 'files',
    component: () => import('./files-page.vue'),
    meta: { title: '导入导出', permission: 'content.view', menu: { group: '内容', icon: Files } },
  },
];
