import type { Transaction } from '../../../src/core/transaction-runner.js';
import { buttonKey } from '../../../src/dialog/button-key.js';
import type { Target } from '../../../src/dialog/content-model.js';
import type {
  DraftHead,
  DraftItem,
  DraftRef,
  DraftStore,
  Editor,
  ItemPage,
} from '../../../src/features/content/draft-store.js';
import {
  itemKey,
  titleOfItem,
  wordingFields,
  type ItemKind,
  type ItemRef,
} from '../../../src/features/content/items/content-item.js';
import { setOrRestore } from './set-or-restore.js';

/** Drafts in memory. */
export class DraftStoreFake implements DraftStore {
  readonly #heads = new Map<string, DraftHead>();
  readonly #items = new Map<string, DraftItem>();

  async findHead(accountId: string): Promise<DraftHead | null> {
    return this.#heads.get(accountId) ?? null;
  }

  async prepare(draft: DraftRef, items: readonly DraftItem[]): Promise<void> {
    for (const item of items) {
      const key = keyOf(draft, item);
      if (!this.#items.has(key)) this.#items.set(key, structuredClone(item));
    }
  }

  async discard(draft: DraftRef): Promise<void> {
    for (const key of this.#items.keys()) if (key.startsWith(prefixOf(draft))) this.#items.delete(key);
  }

  async begin(tx: Transaction, head: DraftHead): Promise<void> {
    setOrRestore(tx, this.#heads, head.accountId, head);
  }

  async advance(
    tx: Transaction,
    { accountId, revision, generation: before }: DraftHead,
    by: Editor,
    at: Date,
    generation = before,
  ): Promise<void> {
    setOrRestore(tx, this.#heads, accountId, {
      accountId,
      generation,
      revision: revision + 1,
      updatedBy: by,
      updatedAt: at,
    });
  }

  async setPending(
    tx: Transaction,
    accountId: string,
    revision: number,
    submission: number,
  ): Promise<boolean> {
    const head = this.#heads.get(accountId);
    if (head?.revision !== revision || head.pending !== undefined) return false;
    setOrRestore(tx, this.#heads, accountId, { ...head, pending: submission });
    return true;
  }

  async clearPending(tx: Transaction, accountId: string, submission: number): Promise<void> {
    const { pending, ...head } = this.#heads.get(accountId) ?? {};
    if (pending === submission) setOrRestore(tx, this.#heads, accountId, head as DraftHead);
  }

  async find(draft: DraftRef, ref: ItemRef): Promise<DraftItem | null> {
    return this.#items.get(keyOf(draft, ref)) ?? null;
  }

  async findAll(draft: DraftRef, kind: ItemKind, ids: readonly string[]): Promise<DraftItem[]> {
    return this.#of(draft).filter((item) => item.kind === kind && item.content && ids.includes(item.id));
  }

  async findRuleTo(draft: DraftRef, to: Target): Promise<DraftItem | null> {
    const rules = this.#of(draft).filter(
      ({ content }) => content?.kind === 'rule' && buttonKey(content.value.to) === buttonKey(to),
    );
    return rules.sort((one, other) => (one.id < other.id ? -1 : 1))[0] ?? null;
  }

  async list(
    draft: DraftRef,
    kind: ItemKind,
    { limit, after = '', text = '' }: { limit: number; after?: string; text?: string },
  ): Promise<ItemPage> {
    const found = this.#of(draft)
      .filter((item) => item.kind === kind && item.content && item.id > after)
      .filter((item) => textsOf(item).some((own) => own.includes(text)))
      .sort((one, other) => (one.id < other.id ? -1 : 1));
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? items.at(-1)!.id : null };
  }

  async listChildren(draft: DraftRef, parents: readonly (string | null)[]): Promise<DraftItem[]> {
    return this.#of(draft)
      .flatMap((item) => {
        const node = item.content?.kind === 'node' ? item.content.value : undefined;
        return node && parents.includes(node.parent ?? null) ? [{ item, node }] : [];
      })
      .sort((one, other) => one.node.number - other.node.number)
      .sort((one, other) => ((one.node.parent ?? '') < (other.node.parent ?? '') ? -1 : 0))
      .map(({ item }) => item);
  }

  async countChildren(draft: DraftRef, parents: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const parent of parents) {
      const { length } = await this.listChildren(draft, [parent]);
      if (length > 0) counts.set(parent, length);
    }
    return counts;
  }

  async *stream(draft: DraftRef): AsyncGenerator<DraftItem> {
    yield* this.#of(draft);
  }

  async put(tx: Transaction, draft: DraftRef, items: readonly DraftItem[]): Promise<void> {
    for (const item of items) setOrRestore(tx, this.#items, keyOf(draft, item), structuredClone(item));
  }

  #of(draft: DraftRef): DraftItem[] {
    return [...this.#items].filter(([key]) => key.startsWith(prefixOf(draft))).map(([, item]) => item);
  }
}

function textsOf({ id, content }: DraftItem): string[] {
  if (!content) return [id];
  const words = content.kind === 'rule' ? wordingFields.flatMap((field) => content.value[field]) : [];
  return [id, titleOfItem(content), ...words];
}

function prefixOf({ accountId, generation }: DraftRef): string {
  return `${accountId} ${generation} `;
}

function keyOf(draft: DraftRef, ref: ItemRef): string {
  return `${prefixOf(draft)}${itemKey(ref)}`;
}
