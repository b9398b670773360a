import type { Target } from '../../../api-types/content-values.js';

export type TargetKind = 'node' | 'reply' | 'form';

/** Where something leads, as a form edits it: the id is empty until one is chosen. */
export interface TargetDraft {
  kind: TargetKind;
  id: string;
}

export const targetKinds: Readonly<Record<TargetKind, string>> = {
  node: '菜单项',
  reply: '回复',
  form: '表单',
};

export function toTargetDraft(target: Target): TargetDraft {
  if ('node' in target) return { kind: 'node', id: target.node };
  return 'reply' in target ? { kind: 'reply', id: target.reply } : { kind: 'form', id: target.form };
}

export function toTarget({ kind, id }: TargetDraft): Target {
  if (kind === 'node') return { node: id };
  return kind === 'reply' ? { reply: id } : { form: id };
}
