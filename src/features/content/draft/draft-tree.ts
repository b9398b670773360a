import type { Actor } from '../../../core/actor.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import {
  itemChanged,
  itemNotFound,
  noNumberLeft,
  nodeBelowItself,
  nodeOpensForm,
  numberTaken,
  parentNotFound,
  placeIsMoved,
  treeTooDeep,
} from '../content-errors.js';
import type { DraftItem, DraftRef, DraftStore } from '../draft-store.js';
import type { NodeItem } from '../items/content-item.js';
import { changeItem, type DraftStep } from './change-item.js';
import { describeItemChange } from './describe-change.js';
import type { DraftEditor, DraftOutcome } from './draft-editor.js';
import { placeNode } from './place-node.js';

/** Deeper menus lose the citizen, and what walks the tree counts on an end. */
const mostLevels = 10;

export interface MoveRequest {
  accountId: string;
  actor: Actor;
  id: string;
  baseVersion: number;
  /** null: the first level. */
  parent: string | null;
  /** What the citizen texts to choose it there, 1–99. Whoever has the number makes way; see `placeNode`. */
  number: number;
}

/** A node that is there. */
interface PresentNode {
  item: DraftItem;
  node: NodeItem;
}

/** The menu tree of the draft, whose nodes are items. Everything here reads within the transaction of a change. */
export class DraftTree {
  readonly #drafts: DraftStore;
  readonly #editor: DraftEditor;

  constructor(parts: { drafts: DraftStore; editor: DraftEditor }) {
    this.#drafts = parts.drafts;
    this.#editor = parts.editor;
  }

  /**
   * Hangs a node, with all that lies below it, under another parent or gives it another number; neighbours that make
   * way change with it, all or none.
   *
   * @throws UserError `item_not_found`, `item_changed`, `parent_not_found`, `node_below_itself`, `node_opens_form`,
   *   `tree_too_deep`, `no_number_left`.
   */
  move(request: MoveRequest): Promise<DraftOutcome> {
    const { accountId, actor, id, baseVersion, parent, number } = request;
    return this.#editor.change(accountId, actor, async (tx, step, draft) => {
      const { item, node } = await this.#findNode(tx, draft, id);
      if (item.version !== baseVersion) throw itemChanged(item, null, baseVersion);
      await this.#checkParent(tx, draft, id, parent);
      const siblings = (await this.#listLevel(tx, draft, parent)).filter((sibling) => sibling.node.id !== id);
      const from = (node.parent ?? null) === parent ? node.number : undefined;
      const numbers = placeNode(
        siblings.map((sibling) => sibling.node),
        id,
        number,
        from,
      );
      if (!numbers) throw noNumberLeft();
      const moved = { item, node: withParent(node, parent) };
      const isThere = from === number;
      return isThere ? null : describeMove(renumber([moved, ...siblings], numbers, step), id);
    });
  }

  /**
   * Whether a node may be where it says.
   *
   * @param before the item as it was, if there was one.
   * @throws UserError `place_is_moved` for one that is there and would change its place; `parent_not_found`,
   *   `number_taken`, `node_opens_form`, `tree_too_deep`.
   */
  async checkPlace(
    tx: Transaction,
    draft: DraftRef,
    node: NodeItem,
    before: DraftItem | null,
  ): Promise<void> {
    if (before?.content?.kind === 'node') {
      const { parent, number } = before.content.value;
      if (parent !== node.parent || number !== node.number) throw placeIsMoved();
      const children = node.form === undefined ? [] : await this.#listLevel(tx, draft, node.id);
      if (children.length > 0) throw nodeOpensForm();
      return;
    }
    await this.#checkParent(tx, draft, node.id, node.parent ?? null);
    const siblings = await this.#listLevel(tx, draft, node.parent ?? null);
    const holder = siblings.find((sibling) => sibling.node.number === node.number);
    if (holder) throw numberTaken(node.number, holder.node.title);
  }

  /** All nodes below a node, level by level. */
  async listBelow(tx: Transaction, draft: DraftRef, id: string): Promise<DraftItem[]> {
    const below: DraftItem[] = [];
    let level = await this.#drafts.listChildren(draft, [id], tx);
    while (level.length > 0) {
      below.push(...level);
      level = await this.#drafts.listChildren(
        draft,
        level.map((item) => item.id),
        tx,
      );
    }
    return below;
  }

  /** The parent exists, may have children, is not below the node, and leaves room for what hangs below the node. */
  async #checkParent(tx: Transaction, draft: DraftRef, id: string, parent: string | null): Promise<void> {
    let level = 1;
    for (let above = parent; above !== null; level += 1) {
      if (above === id) throw nodeBelowItself();
      const found = await this.#drafts.find(draft, { kind: 'node', id: above }, tx);
      if (found?.content?.kind !== 'node') throw parentNotFound(above);
      if (above === parent && found.content.value.form !== undefined) throw nodeOpensForm();
      above = found.content.value.parent ?? null;
    }
    const height = await this.#heightBelow(tx, draft, id);
    if (level + height > mostLevels) throw treeTooDeep(mostLevels);
  }

  async #heightBelow(tx: Transaction, draft: DraftRef, id: string): Promise<number> {
    let height = 0;
    let level = [id];
    for (;;) {
      const children = await this.#drafts.listChildren(draft, level, tx);
      if (children.length === 0) return height;
      level = children.map((child) => child.id);
      height += 1;
    }
  }

  async #findNode(tx: Transaction, draft: DraftRef, id: string): Promise<PresentNode> {
    const item = await this.#drafts.find(draft, { kind: 'node', id }, tx);
    if (item?.content?.kind !== 'node') throw itemNotFound({ kind: 'node', id });
    return { item, node: item.content.value };
  }

  async #listLevel(tx: Transaction, draft: DraftRef, parent: string | null): Promise<PresentNode[]> {
    const items = await this.#drafts.listChildren(draft, [parent], tx);
    return items.flatMap((item) => (item.content?.kind === 'node' ? { item, node: item.content.value } : []));
  }
}

function withParent({ parent: _before, ...node }: NodeItem, parent: string | null): NodeItem {
  return parent === null ? node : { ...node, parent };
}

function renumber(
  nodes: readonly PresentNode[],
  numbers: ReadonlyMap<string, number>,
  step: DraftStep,
): { before: DraftItem; after: DraftItem }[] {
  return nodes.flatMap(({ item, node }) => {
    const number = numbers.get(node.id);
    if (number === undefined) return [];
    const content = { kind: 'node', id: node.id, value: { ...node, number } } as const;
    return { before: item, after: changeItem(item, item, content, step) };
  });
}

function describeMove(moves: readonly { before: DraftItem; after: DraftItem }[], id: string) {
  return {
    items: moves.map(({ after }) => after),
    audit: {
      action: 'draft.move',
      object: { kind: 'node', id },
      changes: moves.flatMap(({ before, after }) =>
        describeItemChange(before.content, after.content).map((change) => ({
          ...change,
          path: `node:${after.id}.${change.path}`,
        })),
      ),
    },
  };
}
