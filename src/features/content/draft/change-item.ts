import type { DraftItem, Editor } from '../draft-store.js';
import type { ContentItem, ItemRef } from '../items/content-item.js';

/** One change of the draft: who makes it, when, and which revision it leads to. */
export interface DraftStep {
  by: Editor;
  at: Date;
  revision: number;
}

/** The item with another content, or removed; `before` is null for one that was never there. */
export function changeItem(
  { kind, id }: ItemRef,
  before: DraftItem | null,
  content: ContentItem | null,
  { by, at, revision }: DraftStep,
): DraftItem {
  return {
    kind,
    id,
    content,
    version: (before?.version ?? 0) + 1,
    updatedAt: at,
    updatedBy: by,
    ...(before && { previous: before.content }),
    editors: [
      ...(before?.editors ?? []).filter(({ staffId }) => staffId !== by.staffId),
      { ...by, revision },
    ],
  };
}

/** An item of a draft that begins as what is live: nobody has edited it yet. */
export function firstItem(content: ContentItem, { by, at }: Omit<DraftStep, 'revision'>): DraftItem {
  const { kind, id } = content;
  return { kind, id, content, version: 1, updatedAt: at, updatedBy: by, editors: [] };
}
