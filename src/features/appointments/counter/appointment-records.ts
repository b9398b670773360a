import type { Clock } from '../../../core/clock.js';
import type { Appointment, Person } from '../appointment.js';
import type { AppointmentStore } from '../appointment-store.js';
import type { Persons } from '../booking/persons.js';
import type { Slot } from '../slot.js';
import type { SlotStore } from '../slot-store.js';

export interface AppointmentRecordsParts {
  slots: Pick<SlotStore, 'list'>;
  appointments: Pick<AppointmentStore, 'listOfDay'>;
  persons: Pick<Persons, 'openMasked'>;
  clock: Clock;
}

/** An appointment with the person who comes, masked; null: not known yet, or the key is lost. */
export interface AppointmentRecord {
  appointment: Appointment;
  person: Person | null;
}

/** Who comes on a day, slot by slot; every person masked. */
export interface DayList {
  slots: { slot: Slot; records: AppointmentRecord[] }[];
  waiting: AppointmentRecord[];
}

/** What staff see of the appointments. */
export class AppointmentRecords {
  readonly #parts: AppointmentRecordsParts;

  constructor(parts: AppointmentRecordsParts) {
    this.#parts = parts;
  }

  /** By time. A hold or an offer that nobody has reclaimed yet counts as lapsed once its time is over. */
  async listDay(selection: {
    accountId: string;
    day: string;
    service?: string;
    venue?: string;
  }): Promise<DayList> {
    const { slots, appointments } = this.#parts;
    const { day, ...range } = selection;
    const [ofDay, found] = await Promise.all([
      slots.list({ ...range, firstDay: day, lastDay: day }),
      appointments.listOfDay(selection),
    ]);
    const records = found.map((appointment) => this.#mask(appointment));
    return {
      slots: ofDay.map((slot) => ({
        slot,
        records: records.filter(({ appointment }) => appointment.slotId === slot.slotId),
      })),
      waiting: records.filter(({ appointment }) => appointment.state === 'waiting'),
    };
  }

  #mask(appointment: Appointment): AppointmentRecord {
    return { appointment: this.#asOfNow(appointment), person: this.#parts.persons.openMasked(appointment) };
  }

  #asOfNow(appointment: Appointment): Appointment {
    const { state, until } = appointment;
    const isKept = state === 'held' || state === 'offered' || state === 'waiting';
    return isKept && until !== undefined && until.getTime() <= this.#parts.clock.now()
      ? { ...appointment, state: 'lapsed' }
      : appointment;
  }
}
