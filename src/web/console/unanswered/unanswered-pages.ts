import { QuestionFilled } from '@element-plus/icons-vue';
import type { ConsolePage } from '../shell/console-page.js';

export const unansweredPages: readonly ConsolePage[] = [
  {
    path: 'unanswered',
    name: 'unanswered',
    component: () => import('./unanswered-page.vue'),
    meta: {
      title: '未答问题',
      permission: 'insights.view',
      menu: { group: '市民', icon: QuestionFilled },
    },
  },
];
