import { Flag } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const activityPages: readonly ConsolePage[] = [
  {
    path: 'activities',
    name: 'activities',
    component: () => import('./list/activities-page.vue'),
    meta: { title: '活动', permission: 'activities.view', menu: { group: '活动', icon: Flag } },
  },
  {
    path: 'activities/new',
    name: 'activity-new',
    component: () => import('./edit/edit-page.vue'),
    meta: { title: '新建活动', permission: 'activities.edit', parent: 'activities' },
  },
  {
    path: 'activities/:activityId',
    name: 'activity',
    component: () => import('./overview/activity-page.vue'),
    meta: { title: '活动详情', permission: 'activities.view', parent: 'activities' },
  },
  {
    path: 'activities/:activityId/edit',
    name: 'activity-edit',
    component: () => import('./edit/edit-page.vue'),
    meta: { title: '修改活动', permission: 'activities.view', parent: 'activity' },
  },
  {
    path: 'activities/:activityId/applicants',
    name: 'activity-applicants',
    component: () => import('./applicants/applicants-page.vue'),
    meta: { title: '报名的人', permission: 'activities.serve', parent: 'activity' },
  },
  {
    path: 'activities/:activityId/draw',
    name: 'activity-draw',
    component: () => import('./draw/draw-page.vue'),
    meta: { title: '抽签', permission: 'activities.view', parent: 'activity' },
  },
];
