import type { Draft, DraftStore } from '../../../src/features/content/draft-store.js';

export class DraftStoreFake implements DraftStore {
  readonly #drafts = new Map<string, Draft>();

  async find(accountId: string): Promise<Draft | null> {
    return this.#drafts.get(accountId) ?? null;
  }

  async save(draft: Omit<Draft, 'revision'>, baseRevision: number): Promise<number | null> {
    if ((this.#drafts.get(draft.accountId)?.revision ?? 0) !== baseRevision) return null;
    const revision = baseRevision + 1;
    this.#drafts.set(draft.accountId, structuredClone({ ...draft, revision }));
    return revision;
  }
}
