import { Key } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const rulePages: readonly ConsolePage[] = [
  {
    path: 'rules',
    name: 'rules',
    component: () => import('./rules-page.vue'),
    meta: { title: '关键词规则', permission: 'content.view', menu: { group: '内容', icon: Key } },
  },
  {
    path: 'rules/:ruleId',
    name: 'rule',
    component: () => import('./rule-page.vue'),
    meta: { title: '规则', permission: 'content.view', parent: 'rules' },
  },
  {
    path: 'new-rule',
    name: 'new-rule',
    component: () => import('./rule-page.vue'),
    meta: { title: '写一条规则', permission: 'draft.edit', parent: 'rules' },
  },
];
