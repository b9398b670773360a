import { UserError } from '../../../src/core/errors.js';
import type { Content } from '../../../src/dialog/content-model.js';
import type { ContentEditor } from '../../../src/features/insights/unanswered-service.js';

/** The content of one account: what is live, and a draft whose saves are counted. */
export class ContentEditorFake implements ContentEditor {
  draft: { content: Content; revision: number; by: string } | null = null;
  /** Other editors that save just before each save. */
  rivals: ((content: Content) => Content)[] = [];

  constructor(public live: Content | null) {}

  async findDraft(): Promise<{ content: Content; revision: number } | null> {
    return this.draft;
  }

  async findLiveContent(): Promise<Content | null> {
    return this.live;
  }

  async saveDraft({ content, by, baseRevision }: Parameters<ContentEditor['saveDraft']>[0]): Promise<number> {
    const rival = this.rivals.shift();
    const before = this.draft?.content ?? this.live;
    if (rival && before) this.draft = { content: rival(before), revision: this.#revision + 1, by: 'rival' };
    if (baseRevision !== this.#revision) throw new UserError('draft_changed', '另一位同事刚刚保存过');
    this.draft = { content, revision: baseRevision + 1, by };
    return baseRevision + 1;
  }

  get #revision(): number {
    return this.draft?.revision ?? 0;
  }
}
