import type { Actor } from '../../core/actor.js';
import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditEntry } from '../audit/audit-event.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { changesBetween } from '../audit/changes-between.js';
import { audienceTexts } from './audience-texts.js';
import type { Segment, SegmentRules } from './segment.js';
import type { SegmentCheck } from './segment-check.js';
import type { SegmentStore } from './segment-store.js';

export interface SegmentsParts {
  segments: SegmentStore;
  check: Pick<SegmentCheck, 'require'>;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  newId: () => string;
}

interface Edit {
  accountId: string;
  actor: Actor;
}

interface EditOfOne extends Edit {
  id: string;
  /** The revision that it was made from. */
  baseRevision: number;
}

interface Wanted extends SegmentRules {
  name: string;
}

/** The segments that staff keep under a name. */
export class Segments {
  readonly #parts: SegmentsParts;

  constructor(parts: SegmentsParts) {
    this.#parts = parts;
  }

  /** By name. */
  list(accountId: string): Promise<Segment[]> {
    return this.#parts.segments.list(accountId);
  }

  /** @throws UserError `no_such_segment` */
  async find(accountId: string, id: string): Promise<Segment> {
    return required(await this.#parts.segments.find(accountId, id));
  }

  /** @throws UserError `bad_rules` · `segment_name_taken` */
  async create({ accountId, actor, name, conditions }: Edit & Wanted): Promise<Segment> {
    const { segments, check, transactions, newId } = this.#parts;
    await check.require(accountId, { conditions });
    return transactions.run(async (tx) => {
      await this.#requireFreeName(tx, accountId, name);
      const segment = { accountId, id: newId(), name, conditions, revision: 1, ...this.#stamp(actor) };
      await segments.add(tx, segment);
      const changes = changesBetween({}, { name, conditions });
      await this.#record(tx, segment, actor, { action: 'segment.create', changes });
      return segment;
    });
  }

  /** @throws UserError `bad_rules` · `segment_name_taken` · `no_such_segment` · `revision_conflict` */
  async change({ name, conditions, ...edit }: EditOfOne & Wanted): Promise<Segment> {
    const { accountId, actor } = edit;
    const { segments, check, transactions } = this.#parts;
    await check.require(accountId, { conditions });
    return transactions.run(async (tx) => {
      const before = await this.#findAtBase(tx, edit);
      if (name !== before.name) await this.#requireFreeName(tx, accountId, name);
      const after = {
        ...before,
        name,
        conditions,
        revision: before.revision + 1,
        ...this.#stamp(actor),
      };
      await segments.replace(tx, before, after);
      const changes = changesBetween(
        { name: before.name, conditions: before.conditions },
        { name, conditions },
      );
      await this.#record(tx, after, actor, { action: 'segment.change', changes });
      return after;
    });
  }

  /** @throws UserError `no_such_segment` · `revision_conflict` */
  remove(edit: EditOfOne): Promise<void> {
    const { segments, transactions } = this.#parts;
    return transactions.run(async (tx) => {
      const segment = await this.#findAtBase(tx, edit);
      await segments.remove(tx, segment);
      const changes = changesBetween({ name: segment.name, conditions: segment.conditions }, {});
      await this.#record(tx, segment, edit.actor, { action: 'segment.remove', changes });
    });
  }

  async #findAtBase(tx: Transaction, { accountId, id, baseRevision }: EditOfOne): Promise<Segment> {
    const segment = required(await this.#parts.segments.find(accountId, id, tx));
    if (segment.revision !== baseRevision) throw changedMeanwhile(segment);
    return segment;
  }

  async #requireFreeName(tx: Transaction, accountId: string, name: string): Promise<void> {
    if (await this.#parts.segments.findByName(accountId, name, tx))
      throw new UserError('segment_name_taken', audienceTexts.nameTaken(name), { status: 409 });
  }

  #stamp(actor: Actor): Pick<Segment, 'updatedAt' | 'updatedBy'> {
    return { updatedAt: new Date(this.#parts.clock.now()), updatedBy: actor.by };
  }

  #record(
    tx: Transaction,
    { accountId, id }: Segment,
    actor: Actor,
    what: Pick<AuditEntry, 'action' | 'changes'>,
  ): Promise<void> {
    return this.#parts.audit.append(tx, { ...actor, accountId, object: { kind: 'segment', id }, ...what });
  }
}

function required(segment: Segment | null): Segment {
  if (!segment) throw new UserError('no_such_segment', audienceTexts.noSuchSegment, { status: 404 });
  return segment;
}

function changedMeanwhile({ accountId: _, updatedAt, ...theirs }: Segment): UserError {
  return new UserError('revision_conflict', audienceTexts.changedBy(theirs.updatedBy.name), {
    status: 409,
    details: { theirs: { ...theirs, updatedAt: updatedAt.toISOString() } },
  });
}
