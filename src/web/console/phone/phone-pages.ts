import { Iphone } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const phonePages: readonly ConsolePage[] = [
  {
    path: 'phone',
    name: 'phone',
    component: () => import('./phone-page.vue'),
    meta: { title: '草稿手机', permission: 'content.view', menu: { group: '内容', icon: Iphone } },
  },
];
