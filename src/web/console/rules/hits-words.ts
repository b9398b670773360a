import type { z } from 'zod';
import type { hitsSchema } from '../../../api-types/content-phone.js';

export type HitsView = z.output<typeof hitsSchema>;
export type DecisionView = HitsView['decision'];

/** Each step of the dialog, as a clerk calls it, and why it may decide. */
const steps: Readonly<Record<string, string>> = {
  emergency: '紧急词：无论在哪里，先给紧急回答',
  doubtful: '像是紧急情况，先问一句“正在发生吗”',
  calmed: '市民说没有危险之后的回答',
  limited: '发得太快，先请他慢一点',
  form: '正在填的表单',
  command: '固定指令（0、帮助、人工、返回……）',
  feedback: '对上一条回答的评价（有用、没用）',
  frame: '眼前列表里的数字',
  whole: '关键词：整句等于',
  contains: '关键词：句中含有',
  pattern: '关键词：正则表达式',
  several: '问了几件事，一起回答',
  search: '按意思查找',
  suggest: '问了几件事，请他选一件',
  follow: '刚刚关注：欢迎语和主菜单',
  scan: '扫了二维码',
  click: '按了底部菜单',
  media: '图片、语音等的回答',
  fallback: '没有听懂：给“没有听懂”的回答，并记入未答问题',
  silent: '不回答',
};

export function sayStep(step: string): string {
  return steps[step] ?? step;
}

/** How sure, 0 to 1, in words: `把握 87%`. */
export function sayScore(score: number): string {
  return `把握 ${Math.round(score * 100)}%`;
}

/** Why a step decides as it does: `含有“身份证”`, `把握 87%`. */
export function sayReason({ word, score, kind }: DecisionView): string {
  return [
    word === undefined ? '' : `命中“${word}”`,
    score === undefined ? '' : sayScore(score),
    kind === undefined ? '' : `紧急情况：${kind}`,
  ]
    .filter((part) => part !== '')
    .join('，');
}

export interface HitRef {
  kind: 'node' | 'reply' | 'rule' | 'form';
  id: string;
}

/** What a decision names: the rule that matched, and what it gives. */
export function refsIn({ rule, node, reply, form }: DecisionView): HitRef[] {
  const refs: HitRef[] = [];
  if (rule !== undefined) refs.push({ kind: 'rule', id: rule });
  if (node !== undefined) refs.push({ kind: 'node', id: node });
  if (reply !== undefined) refs.push({ kind: 'reply', id: reply });
  if (form !== undefined) refs.push({ kind: 'form', id: form });
  return refs;
}

export const refKinds: Readonly<Record<HitRef['kind'], string>> = {
  rule: '规则',
  node: '菜单项',
  reply: '回复',
  form: '表单',
};

/** What the search thought of a candidate: `认出“身份证、补办”，不认识“外星人”`. */
export function sayCandidate({ things, strangers }: HitsView['candidates'][number]): string {
  return [
    things.length > 0 ? `认出“${things.join('、')}”` : '',
    strangers.length > 0 ? `它不知道“${strangers.join('、')}”` : '',
  ]
    .filter((part) => part !== '')
    .join('，');
}
