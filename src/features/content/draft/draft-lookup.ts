import type { Content, Target } from '../../../dialog/content-model.js';
import type { Form } from '../../../dialog/forms/form-model.js';
import type { DraftItem, DraftRef, DraftStore } from '../draft-store.js';
import { itemsToContent } from '../items/content-items.js';
import { titleOfItem, wordingFields, type ItemKind, type NodeItem } from '../items/content-item.js';
import { contentsOf, readDraft } from './draft-reader.js';
import { findFreeId } from './find-free-id.js';
import { listUses, type Use } from './list-uses.js';
import { makeItemId } from './make-item-id.js';
import type { WholeDraftWriter } from './whole-draft-writer.js';
import { noDraft } from '../content-errors.js';

export interface DraftLookupParts {
  drafts: DraftStore;
  wholes: Pick<WholeDraftWriter, 'open'>;
  /** The forms that content may lead to. */
  forms: readonly Form[];
}

/** A node that a search has found. */
export interface FoundNode {
  item: DraftItem;
  /** The nodes above it, the highest first. */
  above: readonly NodeItem[];
  /** The word of a rule that leads there, where it was found by that. */
  word?: string;
}

/** The numbers of a node from the first level on, as clerks write them: `1-3-2`, `1.3.2`, `1 3 2`. */
const numberPath = /^\d{1,2}(?:\s*[-－—.．、\s]\s*\d{1,2})*$/;
/** More are not read; another word narrows it down. */
const mostFound = 50;

/** What an editor looks up in the draft while writing. All throw `no_draft`. */
export class DraftLookup {
  readonly #parts: DraftLookupParts;
  /** The draft that was read last: an editor goes from item to item. */
  #recent: { accountId: string; revision: number; content: Promise<Content> } | undefined;

  constructor(parts: DraftLookupParts) {
    this.#parts = parts;
  }

  /**
   * Nodes by their numbers, by their title or id, or by a word of a rule that leads there; at most 50, in that order
   * and then in that of the tree.
   */
  async findNodes(accountId: string, text: string): Promise<FoundNode[]> {
    const { drafts, wholes } = this.#parts;
    const draft = await wholes.open(accountId);
    const byNumbers = numberPath.test(text) ? await this.#followNumbers(draft, text) : undefined;
    const byTitle = await drafts.list(draft, 'node', { limit: mostFound, text });
    const byWord = await this.#findByWord(draft, text);
    const found = new Map<string, { item: DraftItem; word?: string }>();
    const all = [...(byNumbers ? [byNumbers] : []), ...byTitle.items].map((item) => ({ item }));
    for (const hit of [...all, ...byWord]) if (!found.has(hit.item.id)) found.set(hit.item.id, hit);
    const climb = this.#climber(draft);
    const hits: FoundNode[] = await Promise.all(
      [...found.values()].slice(0, mostFound).map(async (hit) => ({ ...hit, above: await climb(hit.item) })),
    );
    const rank = ({ item, word }: FoundNode) => {
      if (item.id === byNumbers?.id) return 0;
      if (word !== undefined) return 3;
      return nodeIn(item)?.title === text ? 1 : 2;
    };
    return hits.sort((one, other) => rank(one) - rank(other) || compareNumbers(one, other));
  }

  /** Under which names clerks know the items, by id; those that are not there are left out. */
  async findTitles(
    accountId: string,
    kind: ItemKind,
    ids: readonly string[],
  ): Promise<Record<string, string>> {
    const { drafts, wholes } = this.#parts;
    const items = await drafts.findAll(await wholes.open(accountId), kind, ids);
    return Object.fromEntries(
      items.flatMap(({ id, content }) => (content ? [[id, titleOfItem(content)]] : [])),
    );
  }

  /** Everything in the draft that leads to a target. @throws UserError `draft_busy` */
  async findUses(accountId: string, target: Target): Promise<Use[]> {
    const { revision } = await this.#parts.wholes.open(accountId);
    if (this.#recent?.accountId !== accountId || this.#recent.revision !== revision)
      this.#recent = { accountId, revision, content: this.#readContent(accountId) };
    const { content } = this.#recent;
    try {
      return listUses(await content, target, this.#parts.forms);
    } catch (error) {
      if (this.#recent.content === content) this.#recent = undefined;
      throw error;
    }
  }

  async #readContent(accountId: string): Promise<Content> {
    const whole = await readDraft(this.#parts.drafts, accountId);
    if (!whole) throw noDraft(accountId);
    return itemsToContent(contentsOf(whole.items));
  }

  /** A permanent id for something new that people can read, not in use and never used before. */
  async suggestId(accountId: string, kind: ItemKind, title: string): Promise<string> {
    const { drafts, wholes } = this.#parts;
    return findFreeId(drafts, await wholes.open(accountId), kind, makeItemId(title));
  }

  listForms(): { id: string; title: string }[] {
    return this.#parts.forms.map(({ id, title }) => ({ id, title }));
  }

  async #followNumbers(draft: DraftRef, text: string): Promise<DraftItem | undefined> {
    let found: DraftItem | undefined;
    for (const number of (text.match(/\d+/g) ?? []).map(Number)) {
      const level = await this.#parts.drafts.listChildren(draft, [found?.id ?? null]);
      found = level.find((item) => nodeIn(item)?.number === number);
      if (!found) return undefined;
    }
    return found;
  }

  async #findByWord(draft: DraftRef, text: string): Promise<{ item: DraftItem; word: string }[]> {
    const { drafts } = this.#parts;
    const { items: rules } = await drafts.list(draft, 'rule', { limit: mostFound, text });
    const words = new Map<string, string>();
    for (const { content } of rules) {
      if (content?.kind !== 'rule' || !('node' in content.value.to)) continue;
      const { value } = content;
      const word = wordingFields.flatMap((field) => value[field]).find((own) => own.includes(text));
      if (!words.has(content.value.to.node)) words.set(content.value.to.node, word ?? titleOfItem(content));
    }
    const nodes = await drafts.findAll(draft, 'node', [...words.keys()]);
    return nodes.map((item) => ({ item, word: words.get(item.id) ?? '' }));
  }

  /** Each node above is read once, however many lie below it. */
  #climber(draft: DraftRef): (item: DraftItem) => Promise<NodeItem[]> {
    const known = new Map<string, Promise<DraftItem | null>>();
    const find = (id: string) => {
      const found = known.get(id) ?? this.#parts.drafts.find(draft, { kind: 'node', id });
      known.set(id, found);
      return found;
    };
    return async (item) => {
      const above: NodeItem[] = [];
      let parent = nodeIn(item)?.parent;
      while (parent !== undefined) {
        const node: NodeItem | undefined = nodeIn(await find(parent));
        if (node) above.unshift(node);
        parent = node?.parent;
      }
      return above;
    };
  }
}

function nodeIn(item: DraftItem | null): NodeItem | undefined {
  return item?.content?.kind === 'node' ? item.content.value : undefined;
}

/** As they stand in the tree, from top to bottom. */
function compareNumbers(one: FoundNode, other: FoundNode): number {
  const [own, others] = [numbersOf(one), numbersOf(other)];
  const at = own.findIndex((number, index) => number !== others[index]);
  return at === -1 ? own.length - others.length : (own[at] ?? 0) - (others[at] ?? 0);
}

function numbersOf({ item, above }: FoundNode): number[] {
  return [...above.map(({ number }) => number), nodeIn(item)?.number ?? 0];
}
