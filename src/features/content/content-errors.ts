import { UserError } from '../../core/errors.js';
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

/** Somebody else has saved in between; `updatedBy` is the name to ask. */
export function draftChanged(updatedBy: string | undefined): UserError {
  const who = updatedBy ?? '另一位同事';
  return new UserError('draft_changed', `${who} 刚刚保存过这份草稿，请先查看再修改`, {
    status: 409,
    details: { updatedBy: who },
  });
}

export function noDraft(accountId: string): UserError {
  return new UserError('no_draft', '还没有草稿', { status: 404, details: { accountId } });
}
