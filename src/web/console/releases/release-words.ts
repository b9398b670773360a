import type { ReleaseView } from '../../../api-types/content-review.js';

/** How a release came about. */
export function sayOrigin({ origin }: Pick<ReleaseView, 'origin'>): string {
  switch (origin.kind) {
    case 'initial':
      return '最初的内容';
    case 'operator':
      return '运维人员从文件发布';
    case 'review':
      return `第 ${origin.submission} 次送审通过`;
    case 'rollback':
      return `回退到第 ${origin.to} 版`;
    case 'withdrawal':
      return `撤下一条回复（${origin.reply}）`;
  }
}
