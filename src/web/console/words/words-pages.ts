import { Collection } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const wordsPages: readonly ConsolePage[] = [
  {
    path: 'words',
    name: 'words',
    component: () => import('./words-page.vue'),
    meta: { title: '词表', permission: 'content.view', menu: { group: '内容', icon: Collection } },
  },
];
