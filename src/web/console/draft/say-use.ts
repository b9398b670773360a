import type { UseView } from '../../../api-types/content.js';
import { sayField } from '../review/changes/field-names.js';

/** `菜单项“新车上牌”`, `设置：关注时的欢迎语`. */
export function sayUse({ kind, title, field }: Pick<UseView, 'kind' | 'title' | 'field'>): string {
  switch (kind) {
    case 'settings':
      return `设置：${sayField(field ?? '')}`;
    case 'emergency':
      return '紧急求助的回答';
    case 'node':
      return `菜单项“${title}”`;
    case 'rule':
      return `关键词规则“${title}”`;
    case 'button':
      return `底部按钮“${title}”`;
    case 'scene':
      return `二维码“${title}”`;
    default:
      return title;
  }
}
