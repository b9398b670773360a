import type { FindingView } from '../../../api-types/content.js';
import { sayPlace } from '../review/changes/field-names.js';

type Severity = FindingView['severity'];

/** In the order of their weight. */
export const severities: Readonly<
  Record<Severity, { name: string; heading: string; tag: 'danger' | 'warning' | 'info' }>
> = {
  error: { name: '错误', heading: '错误：改好才能提交', tag: 'danger' },
  warning: { name: '提醒', heading: '提醒：市民可能得不到好的回答', tag: 'warning' },
  notice: { name: '待办', heading: '待办：还要补充的', tag: 'info' },
};

const kinds: Readonly<Record<string, string>> = {
  node: '菜单项',
  tree: '菜单',
  reply: '回复',
  rule: '规则',
  button: '按钮',
  scene: '二维码场景',
};
const singles: Readonly<Record<string, string>> = {
  settings: '设置',
  emergency: '紧急词',
  sensitive: '敏感词',
  synonyms: '同义词',
};

/** `回复“驾驶证换证”的怎么办 › 第 2 项`. @param title of the piece, where it is known */
export function sayWhere({ kind, id, field }: FindingView['where'], title = id): string {
  const item = singles[kind] ?? `${kinds[kind] ?? kind}“${title}”`;
  return field === undefined ? item : `${item}的${sayFieldPath(field)}`;
}

/** `怎么办 › 第 2 项：`, for what is open anyway; empty for the whole of it. */
export function sayOwnPlace({ field }: FindingView['where']): string {
  return field === undefined ? '' : `${sayFieldPath(field)}：`;
}

export interface IdsOfKind {
  kind: 'node' | 'reply' | 'rule';
  ids: string[];
}

/** As many as the server tells the titles of at once. */
const mostIds = 200;

/** What findings are about, as far as the draft has titles for it. */
export function idsByKind(findings: readonly Pick<FindingView, 'where'>[]): IdsOfKind[] {
  return (['node', 'reply', 'rule'] as const)
    .map((kind) => {
      const ids = findings.filter(({ where }) => where.kind === kind).map(({ where }) => where.id);
      return { kind, ids: [...new Set(ids)].slice(0, mostIds) };
    })
    .filter(({ ids }) => ids.length > 0);
}

function sayFieldPath(field: string): string {
  return sayPlace(field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)));
}
