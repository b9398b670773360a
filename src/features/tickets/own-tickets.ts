import type { Transaction } from '../../core/transaction-runner.js';
import type { DataSubject, Erased, OwnDataPart, OwnRecord } from '../compliance/own-data-part.js';
import type { OwnTicketStore } from './own-ticket-store.js';

/** A citizen's tickets. Erased after their registrations, which refuse while one of them lies ahead. */
export class OwnTickets implements OwnDataPart {
  readonly name = 'tickets';
  readonly #store: OwnTicketStore;

  constructor(store: OwnTicketStore) {
    this.#store = store;
  }

  async *copy(citizen: DataSubject): AsyncIterable<OwnRecord> {
    for (const { registrationId, code, issuedAt, revoked, arrival, expiresAt } of await this.#store.listOf(
      citizen,
    ))
      yield {
        registrationId,
        code,
        issuedAt: issuedAt.toISOString(),
        revokedBecause: revoked?.because ?? null,
        arrivedAt: arrival?.at.toISOString() ?? null,
        deletedOn: expiresAt.toISOString(),
      };
  }

  async erase(tx: Transaction, citizen: DataSubject): Promise<Erased> {
    return { ...(await this.#store.erase(tx, citizen)), kept: [] };
  }
}
