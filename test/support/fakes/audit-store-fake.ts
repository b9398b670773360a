import type { Transaction } from '../../../src/core/transaction-runner.js';
import type { AuditEvent, ChainHead } from '../../../src/features/audit/audit-event.js';
import type { AuditSelection, AuditStore } from '../../../src/features/audit/audit-store.js';
import { onRollback } from './transaction-runner-fake.js';

export class AuditStoreFake implements AuditStore {
  readonly events: AuditEvent[] = [];

  async findHead(accountId: string): Promise<ChainHead | null> {
    const last = this.events.filter((event) => event.accountId === accountId).at(-1);
    return last ? { seq: last.seq, hash: last.hash } : null;
  }

  async append(tx: Transaction, event: AuditEvent): Promise<void> {
    onRollback(tx, () => this.events.splice(this.events.indexOf(event), 1));
    this.events.push(event);
  }

  async list(selection: AuditSelection, limit: number, before = Infinity): Promise<AuditEvent[]> {
    return this.#select(selection)
      .filter(({ seq }) => seq < before)
      .reverse()
      .slice(0, limit);
  }

  async *stream(selection: AuditSelection): AsyncIterable<AuditEvent> {
    yield* this.#select(selection);
  }

  #select({ accountId, staffId, action, objectKind, objectId, from, to }: AuditSelection): AuditEvent[] {
    return this.events.filter(
      (event) =>
        event.accountId === accountId &&
        event.by.staffId === (staffId ?? event.by.staffId) &&
        event.action === (action ?? event.action) &&
        event.object.kind === (objectKind ?? event.object.kind) &&
        event.object.id === (objectId ?? event.object.id) &&
        event.at >= (from ?? event.at) &&
        (to === undefined || event.at < to),
    );
  }
}
