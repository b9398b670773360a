import type { Actor } from '../../../core/actor.js';
import type { Clock } from '../../../core/clock.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { Content } from '../../../dialog/content-model.js';
import type { AuditEntry } from '../../audit/audit-event.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import { contentTooLarge, draftChanged, noDraft } from '../content-errors.js';
import { fileLimits } from '../content-limits.js';
import type { DraftHead, DraftItem, DraftRef, DraftStore } from '../draft-store.js';
import { loadContent, type FrozenContentStore } from '../frozen-content-store.js';
import { itemKey, type ContentItem } from '../items/content-item.js';
import { contentToItems } from '../items/content-items.js';
import { diffContent, type ContentChange } from '../items/diff-content.js';
import { freezeItems } from '../items/frozen-content.js';
import type { ReleaseStore } from '../release-store.js';
import { changeItem, firstItem, type DraftStep } from './change-item.js';
import { describeChanges } from './describe-change.js';
import type { DraftEditor } from './draft-editor.js';
import { contentsOf, readDraft, type WholeDraft } from './draft-reader.js';
import { refuseRepeatedIds } from './refuse-repeated-ids.js';

export interface WholeDraftParts {
  transactions: TransactionRunner;
  drafts: DraftStore;
  releases: Pick<ReleaseStore, 'findLive'>;
  contents: FrozenContentStore;
  editor: DraftEditor;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  newId: () => string;
}

export interface ReplaceRequest {
  accountId: string;
  content: Content;
  actor: Actor;
  /** The revision that the editor started from; 0: there was no draft. */
  baseRevision: number;
  /** `draft.save`, `draft.import`, `snapshot.restore`. */
  action: string;
  object?: AuditEntry['object'];
}

export interface ReplaceOutcome {
  revision: number;
  changes: ContentChange[];
}

const nobody = { staffId: 'system', name: '系统' };

/** More changed items than this do not go into one transaction: the storage engine holds all of it in memory. */
const mostItemsInPlace = 500;

/** Begins and replaces whole drafts. */
export class WholeDraftWriter {
  readonly #parts: WholeDraftParts;

  constructor(parts: WholeDraftParts) {
    this.#parts = parts;
  }

  /** The head of the draft, which begins as what is live. @throws UserError `no_draft` when nothing is live. */
  async open(accountId: string): Promise<DraftHead> {
    const { drafts, releases, contents, transactions } = this.#parts;
    const head = await drafts.findHead(accountId);
    if (head) return head;
    const live = await releases.findLive(accountId);
    if (!live) throw noDraft(accountId);
    const first = { by: nobody, at: this.#now() };
    const items = contentToItems(await loadContent(contents, accountId, live.hash));
    // Two that begin it at once write the same items under the same name.
    const draft = { accountId, generation: live.hash };
    await drafts.prepare(
      draft,
      items.map((item) => firstItem(item, first)),
    );
    return transactions.run((tx) =>
      this.#begin(tx, { ...draft, revision: 1, updatedAt: first.at, updatedBy: nobody }),
    );
  }

  /**
   * Makes the content the draft. Only what differs counts as changed.
   *
   * @throws UserError `draft_changed` when somebody has changed the draft since; `content_has_faults` where an id
   *   stands twice; `content_too_large`.
   */
  async replace(request: ReplaceRequest): Promise<ReplaceOutcome> {
    const { accountId, content, baseRevision } = request;
    refuseRepeatedIds(content);
    const items = contentToItems(content);
    const frozen = await freezeItems(items);
    if (frozen.bytes > fileLimits.frozenBytes) throw contentTooLarge(frozen.bytes, fileLimits.frozenBytes);
    const whole = await readDraft(this.#parts.drafts, accountId);
    if (!whole) return this.#beginAs(request, items);
    if (whole.head.revision !== baseRevision) throw draftChanged(whole.head.updatedBy);
    const before = await freezeItems(contentsOf(whole.items));
    const changes = await diffContent(before.lines, frozen.lines);
    if (changes.length === 0) return { revision: baseRevision, changes };
    return { revision: await this.#write(request, whole, items, changes), changes };
  }

  async #beginAs(request: ReplaceRequest, items: readonly ContentItem[]): Promise<ReplaceOutcome> {
    const { accountId, actor, baseRevision, action, object = draftOf(accountId) } = request;
    const { transactions, drafts, audit, newId } = this.#parts;
    const draft = { accountId, generation: newId() };
    const step = { by: actor.by, at: this.#now(), revision: 1 };
    return this.#prepared(
      draft,
      items.map((item) => changeItem(item, null, item, step)),
      () =>
        transactions.run(async (tx) => {
          const present = await drafts.findHead(accountId, tx);
          if (present || baseRevision !== 0) throw draftChanged(present?.updatedBy ?? nobody);
          await drafts.begin(tx, { ...draft, revision: 1, updatedAt: step.at, updatedBy: step.by });
          await audit.append(tx, { ...actor, accountId, action, object, changes: [] });
          return { revision: 1, changes: [] };
        }),
    );
  }

  /** @returns the revision. */
  async #write(
    { accountId, actor, baseRevision, action, object = draftOf(accountId) }: ReplaceRequest,
    { head, items }: WholeDraft,
    news: readonly ContentItem[],
    changes: readonly ContentChange[],
  ): Promise<number> {
    const { editor, drafts, newId } = this.#parts;
    const audit = { action, object, changes: describeChanges(changes) };
    const step = { by: actor.by, at: this.#now(), revision: baseRevision + 1 };
    const changed = changeItems(new Set(changes.map(itemKey)), items, news, step);
    const change = async (generation?: string) => {
      const { revision } = await editor.change(accountId, actor, async (_tx, _step, now) => {
        if (now.revision !== baseRevision) throw draftChanged(now.updatedBy);
        return generation === undefined ? { items: changed, audit } : { items: [], generation, audit };
      });
      return revision;
    };
    if (changed.length <= mostItemsInPlace) return change();
    const draft = { accountId, generation: newId() };
    const touched = new Set(changed.map(itemKey));
    const untouched = items.filter((item) => !touched.has(itemKey(item)));
    const revision = await this.#prepared(draft, [...untouched, ...changed], () => change(draft.generation));
    await drafts.discard(head);
    return revision;
  }

  /** Writes a set of items and then what makes it the draft; the set goes again where that fails. */
  async #prepared<Result>(
    draft: DraftRef,
    items: readonly DraftItem[],
    finish: () => Promise<Result>,
  ): Promise<Result> {
    const { drafts } = this.#parts;
    await drafts.prepare(draft, items);
    try {
      return await finish();
    } catch (error) {
      const head = await drafts.findHead(draft.accountId);
      if (head?.generation !== draft.generation) await drafts.discard(draft);
      throw error;
    }
  }

  /** @returns the head that is there: another's, if another was first. */
  async #begin(tx: Transaction, head: DraftHead): Promise<DraftHead> {
    const { drafts } = this.#parts;
    const present = await drafts.findHead(head.accountId, tx);
    if (present) return present;
    await drafts.begin(tx, head);
    return head;
  }

  #now(): Date {
    return new Date(this.#parts.clock.now());
  }
}

function changeItems(
  touched: ReadonlySet<string>,
  olds: readonly DraftItem[],
  news: readonly ContentItem[],
  step: DraftStep,
): DraftItem[] {
  const before = new Map(olds.map((item) => [itemKey(item), item]));
  const after = new Map(news.map((item) => [itemKey(item), item]));
  return [...touched].flatMap((key) => {
    const [old, now] = [before.get(key) ?? null, after.get(key) ?? null];
    const ref = now ?? old;
    return ref ? changeItem(ref, old, now, step) : [];
  });
}

function draftOf(accountId: string) {
  return { kind: 'draft', id: accountId };
}
