import type { Draft, DraftStore } from '../../../src/features/content/draft-store.js';

export class FakeDraftStore implements DraftStore {
  readonly #drafts = new Map<string, Draft>();

  async find(accountId: string): Promise<Draft | undefined> {
    return this.#drafts.get(accountId);
  }

  async save(draft: Omit<Draft, 'revision'>, baseRevision: number): Promise<number | undefined> {
    if ((this.#drafts.get(draft.accountId)?.revision ?? 0) !== baseRevision) return undefined;
    const revision = baseRevision + 1;
    this.#drafts.set(draft.accountId, structuredClone({ ...draft, revision }));
    return revision;
  }
}
