import type { Transaction } from '../../../core/transaction-runner.js';
import type { Appointment, AppointmentState, Objection } from '../appointment.js';
import type { AppointmentView, Citizen, ObjectionState } from '../booking-desk.js';
import type { Service } from '../offer.js';
import type { BookingParts } from './booking-parts.js';
import { Persons } from './persons.js';
import { refuse } from './refusals.js';
import { isLapsed } from './transitions.js';

/** What a citizen is shown at most: the latest. */
const mostOfCitizen = 200;
const aheadStates: readonly AppointmentState[] = ['held', 'waiting', 'offered', 'booked'];

/** Shows appointments to those whose they are. */
export class AppointmentViews {
  readonly #parts: BookingParts;
  readonly #persons: Persons;

  constructor(parts: BookingParts) {
    this.#parts = parts;
    this.#persons = new Persons(parts.cipher);
  }

  /** @throws UserError `no_such_appointment`: there is none, or it is somebody else's. */
  async findOwn(
    { accountId, openid }: Citizen,
    appointmentId: string,
    tx?: Transaction,
  ): Promise<Appointment> {
    const found = await this.#parts.appointments.find(accountId, appointmentId, tx);
    if (found === null || openid === '' || found.openid !== openid) throw refuse('no_such_appointment');
    return found;
  }

  async show(appointment: Appointment): Promise<AppointmentView> {
    const { appointments, offers, clock } = this.#parts;
    const service = await offers.findService(appointment.accountId, appointment.service);
    const view = this.#viewOf(appointment, service, clock.now());
    return view.state === 'waiting'
      ? { ...view, position: await appointments.countBefore(appointment) }
      : view;
  }

  /** Those ahead, the soonest first; then those past, the latest first. Forms that were given up are left out. */
  async listOf(citizen: Citizen): Promise<AppointmentView[]> {
    const found = await this.#parts.appointments.listOfCitizen(citizen, mostOfCitizen);
    const views = await Promise.all(
      found.filter((one) => !this.#isGivenUpForm(one)).map((appointment) => this.show(appointment)),
    );
    const isAhead = ({ state }: AppointmentView) => aheadStates.includes(state);
    const ahead = views.filter(isAhead).sort((a, b) => timeOf(a).localeCompare(timeOf(b)));
    const past = views.filter((view) => !isAhead(view)).sort((a, b) => timeOf(b).localeCompare(timeOf(a)));
    return [...ahead, ...past];
  }

  async find(citizen: Citizen, appointmentId: string): Promise<AppointmentView> {
    return this.show(await this.findOwn(citizen, appointmentId));
  }

  #isGivenUpForm(appointment: Appointment): boolean {
    return (
      appointment.personKey === undefined && this.#stateAt(appointment, this.#parts.clock.now()) !== 'held'
    );
  }

  #stateAt(appointment: Appointment, now: number): AppointmentState {
    return isLapsed(appointment, now) ? 'lapsed' : appointment.state;
  }

  #viewOf(appointment: Appointment, service: Service | null, now: number): AppointmentView {
    const { appointmentId, day, venue, startsAt, endsAt, until, code, objection } = appointment;
    const state = this.#stateAt(appointment, now);
    return {
      appointmentId,
      state,
      service: appointment.service,
      venue,
      day,
      ...(startsAt && { startsAt }),
      ...(endsAt && { endsAt }),
      ...(until && { until }),
      ...(code !== undefined && { code }),
      person: this.#persons.openMasked(appointment),
      ...(objection && { objection: stateOf(objection) }),
      isChangeable: aheadStates.includes(state) && mayChange({ ...appointment, state }, service, now),
    };
  }
}

/** Whether its citizen may still cancel it, or move it: until so many minutes before; a hold or a wait at any time. */
export function mayChange({ state, startsAt }: Appointment, service: Service | null, now: number): boolean {
  if (state !== 'booked' || startsAt === undefined) return true;
  return now <= startsAt.getTime() - (service?.cancelUntilMinutes ?? 0) * 60_000;
}

function stateOf({ at, decision }: Objection): ObjectionState {
  if (!decision) return { at };
  const { isGranted, reason } = decision;
  return { at, decision: { isGranted, reason, at: decision.at } };
}

/** For sorting; a wait comes with its day. */
function timeOf({ day, startsAt }: AppointmentView): string {
  return `${day} ${startsAt?.toISOString() ?? ''}`;
}
