import type { Actor } from '../../core/actor.js';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Activity } from '../activities/activity.js';
import { askFor, findDecider, isSilent, type Gate } from './bucket-shares.js';
import type { CheckIn } from './check-in.js';
import type { CheckInParts } from './check-in-parts.js';
import { refuseCheckIn } from './check-in-refusals.js';
import { checkTicket, findGroup } from './check-ticket.js';
import type { Ticket } from './ticket.js';
import { readTicketCode } from './ticket-code.js';

/** A ticket that is shown at a gate. */
export interface AdmissionOrder {
  accountId: string;
  activityId: string;
  shown: { qr: string } | { code: string };
  device: string;
  gate: string;
  /** Chosen by the gate: the same one again is the same admission. */
  requestId: string;
}

export interface Admission {
  checkInId: string;
  ticketId: string;
  /** The name of the group or shift. */
  group: string;
  /** Masked; null where the key is lost. */
  person: string | null;
  at: Date;
  gate: string;
}

export type AdmissionAnswer =
  | { outcome: 'admitted'; admission: Admission }
  /** Another gate decides about this ticket and has been asked; the same request again, in half a second, tells. */
  | { outcome: 'asking'; gate: string };

/** The door: lets people in, each ticket once. */
export class CheckInDesk {
  readonly #parts: CheckInParts;

  constructor(parts: CheckInParts) {
    this.#parts = parts;
  }

  /**
   * Lets somebody in. A refusal changes nothing.
   * @throws UserError `check_in_closed` · `bad_ticket` · `other_activity` · `ticket_revoked` · `already_in` ·
   *   `other_day` · `too_early` · `too_late` · `other_gate`
   */
  async admit(order: AdmissionOrder, actor: Actor): Promise<AdmissionAnswer> {
    const { transactions, clock } = this.#parts;
    const activity = await this.#findOpen(order);
    const ticketId = await this.#readTicketId(order);
    const done = await transactions.run(async (tx) => {
      const repeated = await this.#parts.checkIns.findByRequest(tx, order);
      if (repeated) {
        if (repeated.ticketId !== ticketId || repeated.state === 'disputed')
          throw refuseCheckIn('bad_ticket');
        return { checkIn: repeated };
      }
      const ticket = await this.#findTicket(tx, order.accountId, ticketId);
      await this.#refuseForeign(ticket, order.activityId);
      const now = clock.now();
      checkTicket(ticket, activity, now);
      const decider = findDecider(await this.#parts.gates.find(order, tx), ticketId, order.device, now);
      if (decider) return { decider };
      await this.#parts.gates.rely(tx, order);
      return { checkIn: await this.#letIn(tx, ticket, order, actor) };
    });
    if (done.decider) return this.#ask(order, ticketId, done.decider);
    return { outcome: 'admitted', admission: await this.#present(done.checkIn, activity) };
  }

  /**
   * Takes somebody's arrival back: the ticket lets them in again.
   * @throws UserError `no_such_check_in` · `already_undone` · `reason_missing`
   */
  async undo(order: { accountId: string; checkInId: string; reason: string }, actor: Actor): Promise<void> {
    const { checkIns, tickets, arrivals, transactions, audit, clock } = this.#parts;
    const { accountId, checkInId } = order;
    const reason = order.reason.trim();
    if (reason === '') throw refuseCheckIn('reason_missing');
    await transactions.run(async (tx) => {
      const found = await checkIns.find(tx, accountId, checkInId);
      if (found?.state === 'undone') throw refuseCheckIn('already_undone');
      if (found?.state !== 'in') throw refuseCheckIn('no_such_check_in');
      const at = new Date(clock.now());
      const { registrationId } = await this.#findTicket(tx, accountId, found.ticketId);
      await checkIns.undo(tx, accountId, checkInId);
      await tickets.leave(tx, found, at);
      await arrivals.undone(tx, accountId, registrationId, at);
      const object = { kind: 'ticket', id: found.ticketId };
      await audit.append(tx, { ...actor, accountId, action: 'ticket.undo', object, changes: [], reason });
    });
  }

  async #letIn(
    tx: Transaction,
    ticket: Ticket,
    { device, gate, requestId }: AdmissionOrder,
    actor: Actor,
  ): Promise<CheckIn> {
    const checkIn: CheckIn = {
      accountId: ticket.accountId,
      activityId: ticket.activityId,
      ticketId: ticket.ticketId,
      checkInId: this.#parts.newId(),
      device,
      gate,
      requestId,
      state: 'in',
      wasOffline: false,
      by: actor.by,
      at: new Date(this.#parts.clock.now()),
      expiresAt: ticket.expiresAt,
    };
    await writeArrival(this.#parts, tx, ticket, checkIn, actor);
    return checkIn;
  }

  /** @throws UserError `check_in_closed` */
  async #findOpen({ accountId, activityId }: AdmissionOrder): Promise<Activity> {
    const activity = await this.#parts.activities.find(accountId, activityId);
    if (activity?.state === 'published') return activity;
    throw refuseCheckIn('check_in_closed', activity?.state === 'cancelled' ? '这场活动已取消' : undefined);
  }

  async #readTicketId({ accountId, shown }: AdmissionOrder): Promise<string> {
    const { keys, tickets } = this.#parts;
    if ('qr' in shown) {
      const claim = await keys.verify(accountId, shown.qr);
      if (claim) return claim.ticketId;
    } else {
      const code = readTicketCode(shown.code);
      const ticket = code === null ? null : await tickets.findByCode(accountId, code);
      if (ticket) return ticket.ticketId;
    }
    throw refuseCheckIn('bad_ticket');
  }

  async #findTicket(tx: Transaction, accountId: string, ticketId: string): Promise<Ticket> {
    const ticket = await this.#parts.tickets.find(accountId, ticketId, tx);
    if (ticket === null) throw refuseCheckIn('bad_ticket');
    return ticket;
  }

  async #refuseForeign({ accountId, activityId }: Ticket, wanted: string): Promise<void> {
    if (activityId === wanted) return;
    const other = await this.#parts.activities.find(accountId, activityId);
    throw refuseCheckIn('other_activity', other ? `这是“${other.title}”的票，不是这场活动的` : undefined);
  }

  async #ask(order: AdmissionOrder, ticketId: string, decider: Gate): Promise<AdmissionAnswer> {
    const { gates, transactions, clock } = this.#parts;
    if (isSilent(decider, clock.now()))
      throw refuseCheckIn('other_gate', `请到${decider.name}，或稍等`, { gate: decider.name });
    await transactions.run(async (tx) => {
      const now = clock.now();
      const shares = await gates.find(order, tx);
      const isAsked = shares.queries.some((one) => one.ticketId === ticketId && isFresh(one.askedAt, now));
      if (!isAsked) await gates.save(tx, order, askFor(shares, ticketId, now));
    });
    return { outcome: 'asking', gate: decider.name };
  }

  async #present(checkIn: CheckIn, activity: Activity): Promise<Admission> {
    const { accountId, checkInId, ticketId, at, gate } = checkIn;
    const ticket = await this.#parts.tickets.find(accountId, ticketId);
    const registrationId = ticket?.registrationId ?? '';
    const names = await this.#parts.holders.readMasked(accountId, [registrationId]);
    const group = (ticket && findGroup(activity, ticket.groupId)?.name) ?? '';
    return { checkInId, ticketId, at, gate, group, person: names.get(registrationId) ?? null };
  }
}

/** Asked again after this long, should the question have been overtaken by a change of owner. */
const askAgainMs = 3_000;

function isFresh(askedAt: Date, now: number): boolean {
  return askedAt.getTime() + askAgainMs > now;
}

/** All that an arrival writes, on record; within the transaction that found the ticket good. */
export async function writeArrival(
  { checkIns, tickets, arrivals, audit, clock }: CheckInParts,
  tx: Transaction,
  ticket: Ticket,
  checkIn: CheckIn,
  actor: Actor,
): Promise<void> {
  const { accountId, at, gate } = checkIn;
  await checkIns.add(tx, checkIn);
  await tickets.arrive(tx, ticket, { at, gate }, new Date(clock.now()));
  await arrivals.arrived(tx, accountId, ticket.registrationId, at);
  await audit.append(tx, {
    ...actor,
    accountId,
    action: 'ticket.admit',
    object: { kind: 'ticket', id: ticket.ticketId },
    changes: [{ path: 'gate', after: gate }],
  });
}
