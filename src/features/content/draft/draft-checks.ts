import type { Clock } from '../../../core/clock.js';
import { noDraft, parentNotFound, placeIsMoved } from '../content-errors.js';
import type { DraftHead, DraftStore } from '../draft-store.js';
import { loadLines, type FrozenContentStore } from '../frozen-content-store.js';
import { itemKey, type ContentItem, type ItemRef, type NodeItem } from '../items/content-item.js';
import { itemsToContent } from '../items/content-items.js';
import { diffContent, type ContentChange } from '../items/diff-content.js';
import { freezeItems, type FrozenContent } from '../items/frozen-content.js';
import type { Finding } from '../lint/finding.js';
import type { ReleaseStore } from '../release-store.js';
import { findItemAuthors, type ItemAuthors } from '../review/find-authors.js';
import { emergencyReplies, findWeighty } from '../review/routine.js';
import type { ContentWork } from '../work/content-work.js';
import { contentsOf, readDraft, type WholeDraft } from './draft-reader.js';
import { parseItem } from './parse-item.js';

export interface DraftChecksParts {
  drafts: DraftStore;
  releases: Pick<ReleaseStore, 'find' | 'findLive'>;
  contents: FrozenContentStore;
  work: ContentWork;
  clock: Clock;
}

/** What stands between the draft and the live release. */
export interface DraftDiff {
  /** Of the draft. */
  revision: number;
  /** Number of the live release; 0: nothing is live. */
  baseRelease: number;
  changes: ContentChange[];
  /** Those that keep it from being a routine fix. */
  weighty: ContentChange[];
  /** Who had a hand in each item that differs. */
  authors: ItemAuthors[];
}

/** What an editor wants to know about the draft before it goes to the reviewers. All throw `no_draft`, `draft_busy`. */
export class DraftChecks {
  readonly #parts: DraftChecksParts;
  /** What the linter said last of a draft as it is. */
  #linted: { accountId: string; revision: number; findings: readonly Finding[] } | undefined;

  constructor(parts: DraftChecksParts) {
    this.#parts = parts;
  }

  async lint(accountId: string): Promise<{ revision: number; findings: Finding[] }> {
    const { clock, work } = this.#parts;
    const { revision, frozen } = await this.freeze(accountId);
    return { revision, findings: await work.lint(frozen, clock.now()) };
  }

  /**
   * What the linter would say if an item were written like this: everything about the item, and what would be new
   * elsewhere. The item may be new.
   *
   * @throws UserError `invalid_item` where the value fits no schema; for a node `parent_not_found`, `place_is_moved`.
   */
  async tryItem(
    accountId: string,
    ref: ItemRef,
    value: unknown,
  ): Promise<{ revision: number; findings: Finding[] }> {
    const content = parseItem(ref, value);
    const { clock, work } = this.#parts;
    const { head, items } = await this.#read(accountId);
    const present = contentsOf(items);
    if (content.kind === 'node') refuseOtherPlace(content.value, present);
    const key = itemKey(ref);
    const tried = [...present.filter((item) => itemKey(item) !== key), content];
    const before = await this.#lintPresent(head, present);
    const after = await work.lint(await freezeItems(tried), clock.now());
    const known = new Set(before.map(identify));
    const isOwn = ({ where }: Finding) => where.kind === ref.kind && where.id === ref.id;
    return {
      revision: head.revision,
      findings: after.filter((finding) => isOwn(finding) || !known.has(identify(finding))),
    };
  }

  async diff(accountId: string): Promise<DraftDiff> {
    const { releases, contents } = this.#parts;
    const { head, items } = await this.#read(accountId);
    const live = await releases.findLive(accountId);
    const before = live ? await loadLines(contents, accountId, live.hash) : [];
    const present = contentsOf(items);
    const changes = await diffContent(before, (await freezeItems(present)).lines);
    const weighty = findWeighty(changes, emergencyReplies(itemsToContent(present)));
    const release = live && (await releases.find(accountId, live.number));
    const authors = findItemAuthors(changes, items, release?.draftRevision ?? 0);
    return { revision: head.revision, baseRelease: live?.number ?? 0, changes, weighty, authors };
  }

  async freeze(accountId: string): Promise<{ revision: number; frozen: FrozenContent }> {
    const { head, items } = await this.#read(accountId);
    return { revision: head.revision, frozen: await freezeItems(contentsOf(items)) };
  }

  /** While somebody types, the draft itself stays the same. */
  async #lintPresent(
    { accountId, revision }: DraftHead,
    items: readonly ContentItem[],
  ): Promise<readonly Finding[]> {
    const { clock, work } = this.#parts;
    if (this.#linted?.accountId === accountId && this.#linted.revision === revision)
      return this.#linted.findings;
    const findings = await work.lint(await freezeItems(items), clock.now());
    this.#linted = { accountId, revision, findings };
    return findings;
  }

  async #read(accountId: string): Promise<WholeDraft> {
    const whole = await readDraft(this.#parts.drafts, accountId);
    if (!whole) throw noDraft(accountId);
    return whole;
  }
}

/** Nodes change their place by moves; a new one needs a node above it. */
function refuseOtherPlace({ id, parent, number }: NodeItem, present: readonly ContentItem[]): void {
  const nodes = present.flatMap((item) => (item.kind === 'node' ? item.value : []));
  const before = nodes.find((node) => node.id === id);
  if (before) {
    if (before.parent !== parent || before.number !== number) throw placeIsMoved();
  } else if (parent !== undefined && !nodes.some((node) => node.id === parent)) {
    throw parentNotFound(parent);
  }
}

/** Which finding it is, wherever its piece of content stands among the others. */
function identify({ rule, where, message }: Finding): string {
  return JSON.stringify([rule, where.kind, where.id, where.field, message]);
}
