import { User } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const ownAccountPages: readonly ConsolePage[] = [
  {
    path: 'own-account',
    name: 'own-account',
    component: () => import('./own-account-page.vue'),
    meta: { title: '我的账号', menu: { group: '管理', icon: User } },
  },
];
