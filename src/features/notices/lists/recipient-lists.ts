import type { Actor } from '../../../core/actor.js';
import type { Clock } from '../../../core/clock.js';
import { notFound } from '../../../core/refusals.js';
import type { Transaction, TransactionRunner } from '../../../core/transaction-runner.js';
import type { AuditTrail } from '../../audit/audit-trail.js';
import { listConfirmedAlready, listNotConfirmable, listTooLarge } from './list-errors.js';
import type { ListImporter } from './list-importer.js';
import { listTexts } from './list-texts.js';
import { listLimits, type RecipientList } from './recipient-list.js';
import type { ListRef, RecipientListStore } from './recipient-list-store.js';

export interface RecipientListsParts {
  lists: RecipientListStore;
  importer: Pick<ListImporter, 'import'>;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  clock: Clock;
  newId: () => string;
}

export interface ListUpload {
  accountId: string;
  actor: Actor;
  filename: string;
  file: Buffer;
}

const dayMs = 86_400_000;

/** Lists of recipients that staff upload. Nothing is sent to one that nobody has confirmed. */
export class RecipientLists {
  readonly #parts: RecipientListsParts;

  constructor(parts: RecipientListsParts) {
    this.#parts = parts;
  }

  /** @throws UserError `list_too_large`, `list_unreadable`, `list_empty`, `list_too_long` */
  async upload({ accountId, actor, filename, file }: ListUpload): Promise<RecipientList> {
    if (file.length > listLimits.fileBytes) throw listTooLarge();
    const { lists, importer, transactions, newId } = this.#parts;
    const createdAt = this.#inDays(0);
    const target = { accountId, id: newId(), expiresAt: this.#inDays(listLimits.keptDays) };
    const imported = await importer.import(target, file).catch(async (error: unknown) => {
      await lists.removeRows(target);
      throw error;
    });
    const list = {
      ...target,
      filename,
      ...imported,
      confirmed: false,
      uploadedBy: actor.by,
      createdAt,
    };
    await transactions.run(async (tx) => {
      await lists.add(tx, list);
      const { rows, usable } = list;
      await this.#record(tx, target, actor, 'notice-list.upload', { filename, rows, usable });
    });
    return list;
  }

  /** @throws UserError `not_found` */
  async show(ref: ListRef): Promise<RecipientList> {
    const list = await this.#parts.lists.find(ref);
    if (!list) throw notFound();
    return list;
  }

  find(accountId: string, id: string): Promise<RecipientList | null> {
    return this.#parts.lists.find({ accountId, id });
  }

  /**
   * Goes on with the rows that are usable.
   *
   * @throws UserError `not_found`, `list_not_confirmable`, `list_confirmed_already`
   */
  confirm({ actor, ...ref }: ListRef & { actor: Actor }): Promise<RecipientList> {
    const { lists, transactions } = this.#parts;
    return transactions.run(async (tx) => {
      const list = await lists.find(ref, tx);
      if (!list) throw notFound();
      if (list.columnFaults.length > 0) throw listNotConfirmable(listTexts.notConfirmable);
      if (list.usable === 0) throw listNotConfirmable(listTexts.nobodyUsable);
      if (!(await lists.confirm(tx, ref))) throw listConfirmedAlready();
      const { rows, usable } = list;
      await this.#record(tx, ref, actor, 'notice-list.confirm', { rows, usable });
      return { ...list, confirmed: true };
    });
  }

  /** As long as the records of the notice's deliveries. */
  keepForNotice(tx: Transaction, accountId: string, id: string): Promise<void> {
    return this.#parts.lists.keepUntil(tx, { accountId, id }, this.#inDays(listLimits.keptDaysInUse));
  }

  #inDays(days: number): Date {
    return new Date(this.#parts.clock.now() + days * dayMs);
  }

  #record(
    tx: Transaction,
    { accountId, id }: ListRef,
    actor: Actor,
    action: string,
    facts: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    return this.#parts.audit.append(tx, {
      ...actor,
      accountId,
      action,
      object: { kind: 'notice-list', id },
      changes: Object.entries(facts).map(([path, after]) => ({ path, after })),
    });
  }
}
