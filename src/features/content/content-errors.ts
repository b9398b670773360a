import { UserError } from '../../core/errors.js';
import { buttonKey } from '../../dialog/button-key.js';
import type { Target } from '../../dialog/content-model.js';
import type { DraftItem, Editor } from './draft-store.js';
import type { SchemaFault } from './files/schema-faults.js';
import type { ContentItem, ItemRef } from './items/content-item.js';
import type { Finding } from './lint/finding.js';

export function contentHasFaults(findings: readonly Finding[]): UserError {
  const errors = findings.filter(({ severity }) => severity === 'error');
  return new UserError('content_has_faults', `内容有 ${errors.length} 处错误，改好才能发布`, {
    status: 422,
    details: { findings: errors },
  });
}

export function contentTooLarge(bytes: number, limit: number): UserError {
  return new UserError('content_too_large', `内容共 ${bytes} 字节，最多 ${limit} 字节`, { status: 413 });
}

/** Somebody else has saved in between. */
export function draftChanged({ name }: Pick<Editor, 'name'>): UserError {
  return new UserError('draft_changed', `${name} 刚刚保存过这份草稿，请先查看再修改`, {
    status: 409,
    details: { updatedBy: name },
  });
}

/** So many changes at this moment that the draft cannot be read as a whole. */
export function draftBusy(): UserError {
  return new UserError('draft_busy', '同事正在修改草稿，请稍后再试', { status: 409 });
}

export function noDraft(accountId: string): UserError {
  return new UserError('no_draft', '还没有草稿', { status: 404, details: { accountId } });
}

/** Somebody else has changed this item in between: both values, and the one that both began with where it is known. */
export function itemChanged(theirs: DraftItem, yours: ContentItem | null, baseVersion: number): UserError {
  const { updatedBy, updatedAt, version, content, previous } = theirs;
  const did = content === null ? '删除' : '修改';
  return new UserError('item_changed', `${updatedBy.name} 刚刚${did}了这一项，请比较之后再保存`, {
    status: 409,
    details: {
      updatedBy: updatedBy.name,
      updatedAt: updatedAt.toISOString(),
      version,
      yours: yours?.value ?? null,
      theirs: content?.value ?? null,
      ...(version === baseVersion + 1 && { base: previous?.value ?? null }),
    },
  });
}

export function invalidItem(faults: readonly SchemaFault[]): UserError {
  const fields = faults.map(({ path, unknownKey, rule, message }) => ({
    path: ['value', ...path, ...(unknownKey === undefined ? [] : [unknownKey])].join('.'),
    code: rule,
    message,
  }));
  return new UserError('invalid_item', `有 ${fields.length} 处没有填对`, {
    status: 422,
    details: { fields },
  });
}

export function itemNotFound({ kind, id }: ItemRef): UserError {
  return new UserError('item_not_found', '没有找到，可能已被删除', { status: 404, details: { kind, id } });
}

export function targetNotFound(to: Target): UserError {
  const target = buttonKey(to);
  return new UserError('target_not_found', `内容里没有 ${target}`, { status: 422, details: { target } });
}

/** Settings, words and the button menu are always there. */
export function itemNotRemovable(): UserError {
  return new UserError('item_not_removable', '这一项不能删除，可以改成空的', { status: 422 });
}

export function parentNotFound(parent: string): UserError {
  return new UserError('parent_not_found', `数字菜单里没有“${parent}”`, { status: 422, details: { parent } });
}

export function numberTaken(number: number, title: string): UserError {
  return new UserError('number_taken', `同一层里数字 ${number} 已经给了“${title}”`, {
    status: 409,
    details: { number, title },
  });
}

export function noNumberLeft(): UserError {
  return new UserError('no_number_left', '这一层的数字已经用完', { status: 409 });
}

/** A node changes its place by a move, which takes its neighbours along. */
export function placeIsMoved(): UserError {
  return new UserError('place_is_moved', '改变上级或数字请用“移动”', { status: 422 });
}

export function nodeBelowItself(): UserError {
  return new UserError('node_below_itself', '不能移到自己的下级', { status: 422 });
}

export function treeTooDeep(levels: number): UserError {
  return new UserError('tree_too_deep', `数字菜单最多 ${levels} 层`, { status: 422, details: { levels } });
}

export function nodeOpensForm(): UserError {
  return new UserError('node_opens_form', '打开表单的节点不能有下级', { status: 422 });
}

export function nodeHasChildren(count: number): UserError {
  return new UserError('node_has_children', `它下面还有 ${count} 项，请确认一起删除`, {
    status: 409,
    details: { children: count },
  });
}
