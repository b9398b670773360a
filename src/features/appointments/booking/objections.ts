import type { Actor } from '../../../core/actor.js';
import type { FieldCipher } from '../../../core/field-cipher.js';
import { maskPersonalNumbers } from '../../../core/mask-personal.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import type { Appointment, Objection } from '../appointment.js';
import type { AppointmentView, Citizen } from '../booking-desk.js';
import type { AppointmentViews } from './appointment-views.js';
import type { BookingParts } from './booking-parts.js';
import { readReason } from './counter.js';
import { refuse } from './refusals.js';

const objectionField = 'appointments.objection';
const longestObjection = 500;

/** An objection as staff read it; every number in it masked. */
export interface ObjectionView {
  appointment: AppointmentView;
  /** Null where the key is lost. */
  text: string | null;
  at: Date;
}

/** What citizens say against a missed visit, and what staff decide. */
export class Objections {
  readonly #parts: BookingParts;
  readonly #views: AppointmentViews;

  constructor(parts: BookingParts, views: AppointmentViews) {
    this.#parts = parts;
    this.#views = views;
  }

  /** @throws UserError `bad_objection` · `no_such_appointment` · `not_changeable`: it was not missed. */
  async object(citizen: Citizen, appointmentId: string, text: string): Promise<AppointmentView> {
    const { appointments, transactions, cipher, clock } = this.#parts;
    const words = text.trim();
    if (words === '' || words.length > longestObjection) throw refuse('bad_objection');
    const objected = await transactions.run(async (tx) => {
      const mine = await this.#views.findOwn(citizen, appointmentId, tx);
      if (mine.state !== 'missed') throw refuse('not_changeable');
      if (mine.objection) return mine;
      const at = new Date(clock.now());
      const { accountId, openid } = citizen;
      const sealed = cipher.seal(words, { accountId, openid, field: objectionField });
      const after: Appointment = { ...mine, objection: { sealed, at }, changedAt: at };
      await appointments.replace(tx, mine, after);
      return after;
    });
    return this.#views.show(objected);
  }

  /** Those that nobody has decided, the oldest first. */
  async list(accountId: string, limit: number): Promise<ObjectionView[]> {
    const found = await this.#parts.appointments.listObjections(accountId, limit);
    return Promise.all(
      found.map(async (appointment) => {
        const { at } = objectionOf(appointment);
        const text = openObjection(this.#parts.cipher, appointment);
        const masked = text === null ? null : maskPersonalNumbers(text);
        return { appointment: await this.#views.show(appointment), text: masked, at };
      }),
    );
  }

  /**
   * Grants it, and the missed visit is not held against the person; or not.
   * @throws UserError `reason_missing` · `no_such_objection` · `already_decided`
   */
  async decide(
    order: { accountId: string; appointmentId: string; isGranted: boolean; reason: string },
    actor: Actor,
  ): Promise<AppointmentView> {
    const reason = readReason(order.reason);
    const decided = await this.#parts.transactions.run((tx) =>
      this.#decideWithin(tx, { ...order, reason }, actor),
    );
    return this.#views.show(decided);
  }

  async #decideWithin(
    tx: Transaction,
    order: { accountId: string; appointmentId: string; isGranted: boolean; reason: string },
    actor: Actor,
  ): Promise<Appointment> {
    const { appointments, audit, clock } = this.#parts;
    const { accountId, appointmentId, isGranted, reason } = order;
    const found = await appointments.find(accountId, appointmentId, tx);
    if (!found?.objection) throw refuse('no_such_objection');
    if (found.objection.decision) throw refuse('already_decided');
    const at = new Date(clock.now());
    const decided: Appointment = {
      ...found,
      ...(isGranted && { isExcused: true }),
      objection: { ...found.objection, decision: { by: actor.by, at, isGranted, reason } },
      changedAt: at,
    };
    await appointments.replace(tx, found, decided);
    await audit.append(tx, {
      ...actor,
      accountId,
      action: isGranted ? 'objection.grant' : 'objection.refuse',
      object: { kind: 'appointment', id: appointmentId },
      changes: [],
      reason: maskPersonalNumbers(reason),
    });
    return decided;
  }
}

/** What was objected; null: nothing was, or its key is lost. */
export function openObjection(
  cipher: FieldCipher,
  { accountId, openid, objection }: Pick<Appointment, 'accountId' | 'openid' | 'objection'>,
): string | null {
  return objection ? cipher.open(objection.sealed, { accountId, openid, field: objectionField }) : null;
}

function objectionOf({ appointmentId, objection }: Appointment): Objection {
  if (!objection) throw new Error(`nobody objected to appointment ${appointmentId}`);
  return objection;
}
