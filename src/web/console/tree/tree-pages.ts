import { Share } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const treePages: readonly ConsolePage[] = [
  {
    path: 'tree',
    name: 'tree',
    component: () => import('./tree-page.vue'),
    meta: { title: '菜单树', permission: 'content.view', menu: { group: '内容', icon: Share } },
  },
  {
    path: 'tree/:nodeId',
    name: 'tree-node',
    redirect: ({ params, query }) => ({
      name: 'tree',
      params: { accountId: params['accountId'] },
      query: { ...query, node: params['nodeId'] },
    }),
    meta: { title: '菜单项', permission: 'content.view', parent: 'tree' },
  },
];
