import { List, RefreshLeft, Tickets } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

const group = '收款';

export const orderPages: readonly ConsolePage[] = [
  {
    path: 'orders',
    name: 'orders',
    component: () => import('./orders-page.vue'),
    meta: { title: '订单', permission: 'orders.view', menu: { group, icon: Tickets } },
  },
  {
    path: 'orders/:orderId',
    name: 'order',
    component: () => import('./order-page.vue'),
    meta: { title: '订单详情', permission: 'orders.view', parent: 'orders' },
  },
  {
    path: 'refunds',
    name: 'refunds',
    component: () => import('./refunds-page.vue'),
    meta: { title: '退款', permission: 'orders.view', menu: { group, icon: RefreshLeft } },
  },
  {
    path: 'bills',
    name: 'bills',
    component: () => import('./bills-page.vue'),
    meta: { title: '对账', permission: 'bills.view', menu: { group, icon: List } },
  },
  {
    path: 'bills/:day',
    name: 'bill',
    component: () => import('./bill-page.vue'),
    meta: { title: '一天的账单', permission: 'bills.view', parent: 'bills' },
  },
];
