import type { Actor } from '../../../core/actor.js';
import type { Clock } from '../../../core/clock.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditEntry } from '../../audit/audit-event.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import { noDraft } from '../content-errors.js';
import { contentTexts } from '../content-texts.js';
import type { DraftHead, DraftItem, DraftStore } from '../draft-store.js';
import type { SubmissionStore } from '../submission-store.js';
import type { DraftStep } from './change-item.js';

export interface DraftEditorParts {
  transactions: TransactionRunner;
  drafts: DraftStore;
  submissions: Pick<SubmissionStore, 'close'>;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
}

/** What a change of the draft writes. */
export interface DraftChange {
  items: DraftItem[];
  /** The set of items that takes the place of the present one, where `items` would be too many. */
  generation?: string;
  audit: Pick<AuditEntry, 'action' | 'object' | 'changes' | 'reason'>;
}

export type DraftWork = (tx: Transaction, step: DraftStep, before: DraftHead) => Promise<DraftChange | null>;

/** The draft after a change. */
export interface DraftOutcome {
  revision: number;
  /** Those that changed, as they are now. */
  items: DraftItem[];
}

/**
 * The one way to change a draft. The changes of an account happen one after another; each ends what waits for
 * review, since nobody has seen the draft as it is now, and is audited, all in one transaction.
 */
export class DraftEditor {
  readonly #parts: DraftEditorParts;

  constructor(parts: DraftEditorParts) {
    this.#parts = parts;
  }

  /**
   * @param work reads with the transaction and says what to write, null for nothing; it may run several times.
   * @throws UserError `no_draft`, and whatever `work` throws: then nothing has changed.
   */
  change(accountId: string, actor: Actor, work: DraftWork): Promise<DraftOutcome> {
    return this.#parts.transactions.run((tx) => this.changeWithin(tx, accountId, actor, work));
  }

  /** As `change`, as a part of a transaction that does more. */
  async changeWithin(
    tx: Transaction,
    accountId: string,
    actor: Actor,
    work: DraftWork,
  ): Promise<DraftOutcome> {
    const { drafts, audit, clock } = this.#parts;
    const before = await drafts.findHead(accountId, tx);
    if (!before) throw noDraft(accountId);
    const step = { by: actor.by, at: new Date(clock.now()), revision: before.revision + 1 };
    const change = await work(tx, step, before);
    if (!change) return { revision: before.revision, items: [] };
    await drafts.advance(tx, before, step.by, step.at, change.generation);
    await drafts.put(tx, before, change.items);
    await this.#voidPending(tx, before, step);
    await audit.append(tx, { ...actor, accountId, ...change.audit });
    return { revision: step.revision, items: change.items };
  }

  async #voidPending(
    tx: Transaction,
    { accountId, pending }: DraftHead,
    { by, at }: DraftStep,
  ): Promise<void> {
    if (pending === undefined) return;
    const reason = contentTexts.voidedByEdit(by.name);
    await this.#parts.submissions.close(tx, accountId, pending, 'voided', { by, at, reason });
  }
}
