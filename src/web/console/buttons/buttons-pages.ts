import { Grid } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const buttonsPages: readonly ConsolePage[] = [
  {
    path: 'buttons',
    name: 'buttons',
    component: () => import('./buttons-page.vue'),
    meta: { title: '底部菜单', permission: 'content.view', menu: { group: '内容', icon: Grid } },
  },
];
