import type { TargetView, UnansweredGroupView, UnansweredStateName } from '../../../api-types/insights.js';
import { formatMinute } from '../../shared/format-time.js';

export const stateNames: Readonly<Record<UnansweredStateName, string>> = {
  open: '待处理',
  attached: '已放进草稿',
  dismissed: '已忽略',
};

/** `回复`, `菜单`, `表单`: what a question would lead to. */
export function sayKind(target: TargetView): string {
  if ('reply' in target) return '回复';
  return 'node' in target ? '菜单' : '表单';
}

/** One word for a target; no two share it. */
export function keyOf(target: TargetView): string {
  if ('reply' in target) return `reply:${target.reply}`;
  return 'node' in target ? `node:${target.node}` : `form:${target.form}`;
}

/** What was decided about a group, as a sentence; empty for one that waits. */
export function sayDecision({ state, decision, messages }: UnansweredGroupView): string {
  if (!decision) return '';
  const { by, at, attached, reason } = decision;
  const what =
    state === 'attached' && attached ? `放进草稿，归入“${attached.title}”` : `忽略：${reason ?? ''}`;
  const since = messages - decision.messages;
  const more = since > 0 ? `；之后又问了 ${since} 次` : '';
  return `${by.name} ${formatMinute(at)} ${what}${more}`;
}

/** What has just been put into the draft. */
export function sayAttached({ title, decision }: UnansweredGroupView): string {
  const attached = decision?.attached;
  if (!attached) return '';
  const { added } = attached;
  const how = added.length === 0 ? '这些问法草稿里已经有了' : `加了 ${added.length} 个问法`;
  return `“${title}”已归入“${attached.title}”，${how}。审核发布之后，市民再问就能得到回答。`;
}
