import { Grid, UserFilled } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

const group = '推送';

export const audiencePages: readonly ConsolePage[] = [
  {
    path: 'audience/segments',
    name: 'segments',
    component: () => import('./segments/segments-page.vue'),
    meta: { title: '分组', permission: 'audience.view', menu: { group, icon: Grid } },
  },
  {
    path: 'audience',
    name: 'followers',
    component: () => import('./followers/followers-page.vue'),
    meta: { title: '粉丝与标签', permission: 'audience.view', menu: { group, icon: UserFilled } },
  },
];
