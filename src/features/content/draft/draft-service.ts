import type { Actor } from '../../../core/actor.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import type { ReplyContent } from '../../../dialog/content-model.js';
import { itemChanged, itemNotFound, itemNotRemovable, nodeHasChildren } from '../content-errors.js';
import type { DraftHead, DraftItem, DraftRef, DraftStore, ItemPage } from '../draft-store.js';
import { isSingle, itemKey, type ContentItem, type ItemKind, type ItemRef } from '../items/content-item.js';
import { changeItem, type DraftStep } from './change-item.js';
import { describeItemChange } from './describe-change.js';
import type { DraftEditor, DraftOutcome } from './draft-editor.js';
import type { DraftTree, MoveRequest } from './draft-tree.js';
import { parseItem } from './parse-item.js';
import type { WholeDraftWriter } from './whole-draft-writer.js';

export interface DraftServiceParts {
  drafts: DraftStore;
  editor: DraftEditor;
  tree: DraftTree;
  wholes: WholeDraftWriter;
}

/** How a node answers: with a reply of a type, with a form, or only with the list of what lies below. */
export type NodeAnswer = ReplyContent['type'] | 'form';

export interface LevelNode {
  item: DraftItem;
  /** How many lie right below it. */
  children: number;
  /** null: neither reply nor form, or a reply that is not there. */
  answer: NodeAnswer | null;
}

/** One level of the menu tree. */
export interface TreeLevel {
  nodes: LevelNode[];
}

interface ItemEdit {
  accountId: string;
  actor: Actor;
  ref: ItemRef;
  /** The version that the editor started from; 0: there was none. */
  baseVersion: number;
}

/** What editors do with the items of the shared draft. An account's draft begins as what is live. */
export class DraftService {
  readonly #parts: DraftServiceParts;

  constructor(parts: DraftServiceParts) {
    this.#parts = parts;
  }

  /** The draft's head; a draft is begun where there is none. @throws UserError `no_draft` when nothing is live. */
  open(accountId: string): Promise<DraftHead> {
    return this.#parts.wholes.open(accountId);
  }

  /** @throws UserError `item_not_found` */
  async findItem(accountId: string, ref: ItemRef): Promise<DraftItem> {
    const item = await this.#parts.drafts.find(await this.open(accountId), ref);
    if (!item?.content) throw itemNotFound(ref);
    return item;
  }

  /** The items of a kind by id; `text` must occur in the id or in the title. */
  async listItems(
    accountId: string,
    kind: ItemKind,
    page: { limit: number; after?: string; text?: string },
  ): Promise<ItemPage> {
    return this.#parts.drafts.list(await this.open(accountId), kind, page);
  }

  /** The nodes right below a node, or of the first level, by number. */
  async listLevel(accountId: string, parent: string | null): Promise<TreeLevel> {
    const { drafts } = this.#parts;
    const draft = await this.open(accountId);
    const items = await drafts.listChildren(draft, [parent]);
    if (items.length === 0) return { nodes: [] };
    const nodes = items.flatMap((item) => (item.content?.kind === 'node' ? item.content.value : []));
    const [counts, replies] = await Promise.all([
      drafts.countChildren(
        draft,
        items.map(({ id }) => id),
      ),
      drafts.findAll(
        draft,
        'reply',
        nodes.flatMap(({ reply }) => reply ?? []),
      ),
    ]);
    const types = new Map(
      replies.flatMap(({ id, content }) => (content?.kind === 'reply' ? [[id, content.value.type]] : [])),
    );
    return {
      nodes: items.map((item) => ({
        item,
        children: counts.get(item.id) ?? 0,
        answer: answerOf(item, types),
      })),
    };
  }

  /**
   * Writes an item, a new one or another content for one that is there.
   *
   * @throws UserError `invalid_item` with every fault; `item_changed` when somebody else changed this item since
   *   `baseVersion`, with both values; for a node besides: `parent_not_found`, `number_taken`, `place_is_moved`,
   *   `node_opens_form`, `tree_too_deep`.
   */
  async putItem(edit: ItemEdit & { value: unknown }): Promise<DraftOutcome> {
    const { accountId, actor, ref, baseVersion } = edit;
    const content = parseItem(ref, edit.value);
    return this.#parts.editor.change(accountId, actor, async (tx, step, draft) => {
      const before = await this.#findAt(tx, draft, ref, baseVersion, content);
      if (content.kind === 'node') await this.#parts.tree.checkPlace(tx, draft, content.value, before);
      const changes = describeItemChange(before?.content ?? null, content);
      if (changes.length === 0) return null;
      return {
        items: [changeItem(ref, before, content, step)],
        audit: { action: 'draft.edit', object: { kind: ref.kind, id: ref.id }, changes },
      };
    });
  }

  /**
   * Removes an item; a node only together with all that lies below it.
   *
   * @throws UserError `item_not_found`, `item_not_removable`, `item_changed`, `node_has_children` unless
   *   `withChildren`.
   */
  async removeItem(edit: ItemEdit & { withChildren: boolean }): Promise<DraftOutcome> {
    const { accountId, actor, ref, baseVersion, withChildren } = edit;
    if (isSingle(ref.kind)) throw itemNotRemovable();
    return this.#parts.editor.change(accountId, actor, async (tx, step, draft) => {
      const item = await this.#findAt(tx, draft, ref, baseVersion, null);
      if (!item?.content) throw itemNotFound(ref);
      const below = ref.kind === 'node' ? await this.#parts.tree.listBelow(tx, draft, ref.id) : [];
      if (below.length > 0 && !withChildren) throw nodeHasChildren(below.length);
      return describeRemoval([item, ...below], ref, step);
    });
  }

  /** See `DraftTree.move`. */
  moveNode(request: MoveRequest): Promise<DraftOutcome> {
    return this.#parts.tree.move(request);
  }

  async #findAt(
    tx: Transaction,
    draft: DraftRef,
    ref: ItemRef,
    baseVersion: number,
    yours: ContentItem | null,
  ): Promise<DraftItem | null> {
    const item = await this.#parts.drafts.find(draft, ref, tx);
    // Whoever writes a new item knows nothing of one that was removed under the same id.
    const version = item && (item.content || baseVersion > 0) ? item.version : 0;
    if (item && version !== baseVersion) throw itemChanged(item, yours, baseVersion);
    return item;
  }
}

function answerOf(
  { content }: DraftItem,
  types: ReadonlyMap<string, ReplyContent['type']>,
): NodeAnswer | null {
  if (content?.kind !== 'node') return null;
  const { form, reply } = content.value;
  if (form !== undefined) return 'form';
  return (reply === undefined ? undefined : types.get(reply)) ?? null;
}

function describeRemoval(items: readonly DraftItem[], ref: ItemRef, step: DraftStep) {
  return {
    items: items.map((item) => changeItem(item, item, null, step)),
    audit: {
      action: 'draft.remove',
      object: { kind: ref.kind, id: ref.id },
      changes: items.map((item) => ({ path: itemKey(item), before: item.content?.value })),
    },
  };
}
