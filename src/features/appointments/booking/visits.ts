import { addDays, businessDay } from '../../../core/business-day.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import type { Appointment } from '../appointment.js';
import type { AppointmentNoticeKind } from '../appointment-notice.js';
import type { BookingParts } from './booking-parts.js';
import { startOfDay } from './retention.js';
import { end, finish, placeOf } from './transitions.js';

/** Appointments per transaction: few enough to be short. */
const batchSize = 50;
/** How long it makes sense to tell somebody that they did not come, in milliseconds. */
const missedNoticeMs = 7 * 86_400_000;

/** What became of visits whose day is over, and of those whose hall had to close. */
export class Visits {
  readonly #parts: BookingParts;

  constructor(parts: BookingParts) {
    this.#parts = parts;
  }

  /**
   * Marks what is booked on days before that of `now` and to which nobody came. Not earlier: until the evening the
   * counter can still take whoever is late.
   *
   * @returns how many.
   */
  async markMissed(now: number): Promise<number> {
    const { appointments, transactions } = this.#parts;
    let marked = 0;
    for (;;) {
      const batch = await transactions.run(async (tx) => {
        const unvisited = await appointments.listUnvisited(businessDay(now), batchSize, tx);
        for (const appointment of unvisited) await this.settleUnvisited(tx, appointment, now);
        return unvisited.length;
      });
      marked += batch;
      if (batch < batchSize) return marked;
    }
  }

  /** A booked visit whose day is over: missed; but nobody misses a visit to a hall that was closed. */
  async settleUnvisited(tx: Transaction, appointment: Appointment, now: number): Promise<void> {
    const { slots, appointments } = this.#parts;
    const { accountId } = appointment;
    const { slotId } = placeOf(appointment);
    const slot = await slots.find(accountId, slotId, tx);
    if (slot !== null && slot.closed !== null) {
      await this.close(tx, appointment, slot.closed, now);
      return;
    }
    await appointments.replace(tx, appointment, finish(appointment, 'missed', now));
    await this.tell(tx, appointment, 'missed', now, new Date(now + missedNoticeMs));
  }

  /** Its hall had to close: the place goes, and the citizen is told, unless they only had a form open. */
  async close(tx: Transaction, appointment: Appointment, because: string, now: number): Promise<Appointment> {
    const { slots, appointments } = this.#parts;
    const { accountId, slotId, state } = appointment;
    const closed = end(appointment, 'closed', now, because);
    await appointments.replace(tx, appointment, closed);
    if (slotId !== undefined) await slots.release(tx, accountId, slotId, 1);
    if (state !== 'held') await this.tell(tx, appointment, 'closed', now);
    return closed;
  }

  /** Owes the citizen a message about the appointment; nobody where it was booked at the counter. */
  async tell(
    tx: Transaction,
    appointment: Appointment,
    kind: AppointmentNoticeKind,
    now: number,
    until: Date = visitEnd(appointment),
  ): Promise<void> {
    const { accountId, appointmentId, openid, startsAt } = appointment;
    if (openid === '') return;
    const about = startsAt ?? startOfDay(appointment.day);
    const notice = { accountId, appointmentId, openid, kind, about, dueAt: new Date(now), until };
    await this.#parts.notices.add(tx, notice);
  }
}

/** When a message about the visit is of no use any more; a wait is over with its day. */
function visitEnd({ day, endsAt }: Appointment): Date {
  return endsAt ?? startOfDay(addDays(day, 1));
}
