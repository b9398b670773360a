import type { Actor } from '../../../core/actor.js';
import type { Clock } from '../../../core/clock.js';
import { notFound } from '../../../core/refusals.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import { draftChanged, noDraft } from '../content-errors.js';
import { contentTexts } from '../content-texts.js';
import type { DraftStore } from '../draft-store.js';
import { loadContent, type FrozenContentStore } from '../frozen-content-store.js';
import { freezeItems } from '../items/frozen-content.js';
import type { Snapshot, SnapshotStore } from '../snapshot-store.js';
import { contentsOf, readDraft } from './draft-reader.js';
import type { ReplaceOutcome, WholeDraftWriter } from './whole-draft-writer.js';

export interface SnapshotsParts {
  transactions: TransactionRunner;
  drafts: DraftStore;
  contents: FrozenContentStore;
  snapshots: SnapshotStore;
  wholes: WholeDraftWriter;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  newId: () => string;
}

/** States of the draft, kept under a name, and brought back. */
export class Snapshots {
  readonly #parts: SnapshotsParts;

  constructor(parts: SnapshotsParts) {
    this.#parts = parts;
  }

  /** The newest first. */
  list(accountId: string, limit: number): Promise<Snapshot[]> {
    return this.#parts.snapshots.list(accountId, limit);
  }

  /** Keeps the draft as it is. @throws UserError `no_draft`, `draft_changed` when it changes at this moment. */
  async save(accountId: string, actor: Actor, name: string): Promise<Snapshot> {
    const snapshot = await this.prepare(accountId, actor, name);
    if (!snapshot) throw noDraft(accountId);
    await this.#parts.transactions.run(async (tx) => {
      await this.add(tx, snapshot);
      await this.#parts.audit.append(tx, {
        ...actor,
        accountId,
        action: 'snapshot.save',
        object: { kind: 'snapshot', id: snapshot.id },
        changes: [{ path: 'name', after: name }],
      });
    });
    return snapshot;
  }

  /** A snapshot of the draft, to be added within a transaction; null: there is no draft. */
  async prepare(accountId: string, { by }: Actor, name: string): Promise<Snapshot | null> {
    const { drafts, contents, clock, newId } = this.#parts;
    const whole = await readDraft(drafts, accountId);
    if (!whole) return null;
    const frozen = await freezeItems(contentsOf(whole.items));
    await contents.keep(accountId, frozen);
    const draftRevision = whole.head.revision;
    return { id: newId(), accountId, name, hash: frozen.hash, draftRevision, by, at: new Date(clock.now()) };
  }

  /** @throws UserError `draft_changed` when the draft is not any more what was prepared. */
  async add(tx: Transaction, snapshot: Snapshot): Promise<void> {
    const { drafts, snapshots } = this.#parts;
    const head = await drafts.findHead(snapshot.accountId, tx);
    if (head && head.revision !== snapshot.draftRevision) throw draftChanged(head.updatedBy);
    await snapshots.add(tx, snapshot);
  }

  /**
   * Makes a snapshot the draft; what the draft was is kept as a snapshot first.
   *
   * @param revision of the draft that the person has seen.
   * @throws UserError `not_found`, `draft_changed`
   */
  async restore(accountId: string, actor: Actor, id: string, revision: number): Promise<ReplaceOutcome> {
    const { snapshots, contents, wholes } = this.#parts;
    const snapshot = await snapshots.find(accountId, id);
    if (!snapshot) throw notFound();
    const content = await loadContent(contents, accountId, snapshot.hash);
    await this.save(accountId, actor, contentTexts.beforeRestore(snapshot.name));
    const object = { kind: 'snapshot', id };
    return wholes.replace({
      accountId,
      content,
      actor,
      baseRevision: revision,
      action: 'snapshot.restore',
      object,
    });
  }
}
