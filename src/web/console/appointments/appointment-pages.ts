import { Calendar, ChatLineSquare, DataLine, Tickets, Tools } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

const group = '预约';

export const appointmentPages: readonly ConsolePage[] = [
  {
    path: 'appointments',
    name: 'appointments',
    component: () => import('./counter/day-page.vue'),
    meta: { title: '今日预约', permission: 'appointments.view', menu: { group, icon: Tickets } },
  },
  {
    path: 'appointments/calendar',
    name: 'appointment-calendar',
    component: () => import('./calendar/calendar-page.vue'),
    meta: { title: '日历', permission: 'appointments.view', menu: { group, icon: Calendar } },
  },
  {
    path: 'appointments/figures',
    name: 'appointment-figures',
    component: () => import('./figures/figures-page.vue'),
    meta: { title: '数据', permission: 'appointments.view', menu: { group, icon: DataLine } },
  },
  {
    path: 'appointments/objections',
    name: 'appointment-objections',
    component: () => import('./objections/objections-page.vue'),
    meta: { title: '爽约申诉', permission: 'appointments.view', menu: { group, icon: ChatLineSquare } },
  },
  {
    path: 'appointments/offer',
    name: 'appointment-offer',
    component: () => import('./offer/offer-page.vue'),
    meta: { title: '预约设置', permission: 'appointments.view', menu: { group, icon: Tools } },
  },
];
