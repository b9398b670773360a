import type { Actor } from '../../core/actor.js';
import type { Transaction } from '../../core/transaction-runner.js';
import type { CheckIn, DisputeReason } from './check-in.js';
import { writeArrival } from './check-in-desk.js';
import type { CheckInParts } from './check-in-parts.js';
import type { Ticket } from './ticket.js';

/** Somebody whom a gate let in while it had no network. */
export interface OfflineAdmission {
  accountId: string;
  activityId: string;
  ticketId: string;
  device: string;
  gate: string;
  requestId: string;
  /** How long ago, in milliseconds: the gate's own clock may be wrong. */
  agoMs: number;
}

const disputedKeptMs = 183 * 86_400_000;

/** What happened at gates without network, brought together: each counted, or listed for staff. Nothing is dropped. */
export class OfflineUploads {
  readonly #parts: CheckInParts;

  constructor(parts: CheckInParts) {
    this.#parts = parts;
  }

  /** Again with the same request: the same answer, once. They are in already, so nothing is refused. */
  take(admission: OfflineAdmission, actor: Actor): Promise<CheckIn> {
    const { checkIns, tickets, transactions } = this.#parts;
    const { accountId, activityId, ticketId } = admission;
    return transactions.run(async (tx) => {
      const repeated = await checkIns.findByRequest(tx, admission);
      if (repeated) return repeated;
      const ticket = await tickets.find(accountId, ticketId, tx);
      const because = findDispute(ticket, activityId);
      const checkIn = this.#make(admission, ticket, actor);
      if (ticket && !because) {
        await writeArrival(this.#parts, tx, ticket, checkIn, actor);
        return checkIn;
      }
      const disputed: CheckIn = { ...checkIn, state: 'disputed', ...(because && { because }) };
      await this.#recordDispute(tx, disputed, actor);
      return disputed;
    });
  }

  #make(admission: OfflineAdmission, ticket: Ticket | null, { by }: Actor): CheckIn {
    const { clock, newId } = this.#parts;
    const { agoMs, ...said } = admission;
    const now = clock.now();
    return {
      ...said,
      checkInId: newId(),
      state: 'in',
      at: new Date(now - agoMs),
      wasOffline: true,
      by,
      expiresAt: ticket?.expiresAt ?? new Date(now + disputedKeptMs),
    };
  }

  async #recordDispute(tx: Transaction, checkIn: CheckIn, actor: Actor): Promise<void> {
    const { accountId, ticketId, because, gate } = checkIn;
    await this.#parts.checkIns.add(tx, checkIn);
    await this.#parts.audit.append(tx, {
      ...actor,
      accountId,
      action: 'ticket.dispute',
      object: { kind: 'ticket', id: ticketId },
      changes: [
        { path: 'gate', after: gate },
        { path: 'reason', after: because },
      ],
    });
  }
}

function findDispute(ticket: Ticket | null, activityId: string): DisputeReason | undefined {
  if (ticket === null) return 'bad_ticket';
  if (ticket.activityId !== activityId) return 'other_activity';
  if (ticket.revoked) return 'ticket_revoked';
  return ticket.arrival ? 'already_in' : undefined;
}
