import type { Clock } from '../../../core/clock.js';
import { noDraft } from '../content-errors.js';
import type { DraftStore } from '../draft-store.js';
import { loadLines, type FrozenContentStore } from '../frozen-content-store.js';
import { itemsToContent } from '../items/content-items.js';
import { diffContent, type ContentChange } from '../items/diff-content.js';
import { freezeItems, type FrozenContent } from '../items/frozen-content.js';
import type { Finding } from '../lint/finding.js';
import type { ReleaseStore } from '../release-store.js';
import { emergencyReplies, findWeighty } from '../review/routine.js';
import type { ContentWork } from '../work/content-work.js';
import { contentsOf, readDraft, type WholeDraft } from './draft-reader.js';

export interface DraftChecksParts {
  drafts: DraftStore;
  releases: Pick<ReleaseStore, 'findLive'>;
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
}

/** What an editor wants to know about the draft before it goes to the reviewers. All throw `no_draft`, `draft_busy`. */
export class DraftChecks {
  readonly #parts: DraftChecksParts;

  constructor(parts: DraftChecksParts) {
    this.#parts = parts;
  }

  async lint(accountId: string): Promise<{ revision: number; findings: Finding[] }> {
    const { clock, work } = this.#parts;
    const { revision, frozen } = await this.freeze(accountId);
    return { revision, findings: await work.lint(frozen, clock.now()) };
  }

  async diff(accountId: string): Promise<DraftDiff> {
    const { releases, contents } = this.#parts;
    const { head, items } = await this.#read(accountId);
    const live = await releases.findLive(accountId);
    const before = live ? await loadLines(contents, accountId, live.hash) : [];
    const present = contentsOf(items);
    const changes = await diffContent(before, (await freezeItems(present)).lines);
    const weighty = findWeighty(changes, emergencyReplies(itemsToContent(present)));
    return { revision: head.revision, baseRelease: live?.number ?? 0, changes, weighty };
  }

  async freeze(accountId: string): Promise<{ revision: number; frozen: FrozenContent }> {
    const { head, items } = await this.#read(accountId);
    return { revision: head.revision, frozen: await freezeItems(contentsOf(items)) };
  }

  async #read(accountId: string): Promise<WholeDraft> {
    const whole = await readDraft(this.#parts.drafts, accountId);
    if (!whole) throw noDraft(accountId);
    return whole;
  }
}
