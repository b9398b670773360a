import type { Clock } from '../../core/clock.js';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Registration } from '../activities/registration.js';
import type { TicketBook } from '../activities/ticket-book.js';
import { makeTicketCode } from './ticket-code.js';
import type { TicketKeys } from './ticket-keys.js';
import type { TicketStore } from './ticket-store.js';

export interface StoredTicketsParts {
  tickets: Pick<TicketStore, 'add' | 'find' | 'findByRegistration' | 'revoke'>;
  keys: Pick<TicketKeys, 'sign'>;
  clock: Clock;
  randomBytes: (size: number) => Uint8Array;
}

/** Gives tickets out, takes them back, and shows them to whom they belong. */
export class StoredTickets implements TicketBook {
  readonly #parts: StoredTicketsParts;

  constructor(parts: StoredTicketsParts) {
    this.#parts = parts;
  }

  async issue(tx: Transaction, registration: Registration): Promise<string> {
    const { tickets, clock, randomBytes } = this.#parts;
    const { accountId, registrationId, activityId, groupId, openid, expiresAt } = registration;
    const given = await tickets.findByRegistration(tx, accountId, registrationId);
    if (given) return given.ticketId;
    const ticketId = Buffer.from(randomBytes(12)).toString('base64url');
    const at = new Date(clock.now());
    await tickets.add(tx, {
      accountId,
      ticketId,
      registrationId,
      activityId,
      groupId,
      openid,
      expiresAt,
      code: makeTicketCode(randomBytes(9)),
      issuedAt: at,
      changedAt: at,
    });
    return ticketId;
  }

  revoke(tx: Transaction, accountId: string, ticketId: string, because: string): Promise<void> {
    const { tickets, clock } = this.#parts;
    return tickets.revoke(tx, { accountId, ticketId }, { because, at: new Date(clock.now()) });
  }

  /** Null: there is none, or it does not count any more. */
  async readQr(accountId: string, ticketId: string): Promise<{ qr: string; code: string } | null> {
    const ticket = await this.#parts.tickets.find(accountId, ticketId);
    if (ticket === null || ticket.revoked) return null;
    return { qr: await this.#parts.keys.sign(ticket), code: ticket.code };
  }
}
