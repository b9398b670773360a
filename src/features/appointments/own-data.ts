import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { Appointment, AppointmentState, Person } from './appointment.js';
import type { Citizen } from './booking-desk.js';
import type { OfferReader } from './offer-reader.js';
import type { OwnRecordStore } from './own-record-store.js';

export interface OwnDataParts {
  records: OwnRecordStore;
  offer: OfferReader;
  /** The person of an appointment, readable; null before the form, and where the key is lost. */
  persons: { open(appointment: Appointment): Person | null };
  transactions: TransactionRunner;
  clock: Clock;
}

/** One appointment as its citizen takes it along, everything readable. */
export interface OwnRecord {
  service: string;
  venue: string;
  day: string;
  startsAt: string | null;
  endsAt: string | null;
  state: AppointmentState;
  code: string | null;
  person: Person | null;
  consent: { notice: string; at: string } | null;
  movedFrom: { startsAt: string; at: string }[];
  createdAt: string;
  deletedOn: string;
}

const standingStates: readonly AppointmentState[] = ['held', 'offered', 'waiting', 'booked'];

/** What citizens may have: a copy of their own records, and their erasure (个人信息保护法 §45, §47). */
export class OwnData {
  readonly #parts: OwnDataParts;

  constructor(parts: OwnDataParts) {
    this.#parts = parts;
  }

  async copy(citizen: Citizen): Promise<OwnRecord[]> {
    const { records, offer } = this.#parts;
    const [services, venues, found] = await Promise.all([
      offer.services(citizen.accountId),
      offer.venues(citizen.accountId),
      records.list(citizen),
    ]);
    const nameIn = (all: readonly { id: string; name: string }[], id: string) =>
      all.find((one) => one.id === id)?.name ?? id;
    return found.map((record) => ({
      ...describeTimes(record),
      service: nameIn(services, record.service),
      venue: nameIn(venues, record.venue),
      day: record.day,
      state: record.state,
      code: record.code ?? null,
      person: this.#parts.persons.open(record),
      consent: record.consent ? { notice: record.consent.notice, at: record.consent.at.toISOString() } : null,
    }));
  }

  /**
   * Deletes what is over.
   * @throws UserError `appointments_ahead`: those must be cancelled first
   */
  async erase(citizen: Citizen): Promise<{ deleted: number; anonymised: number }> {
    const { records, transactions, clock } = this.#parts;
    const found = await records.list(citizen);
    const ahead = found.filter((record) => isAhead(record, clock.now())).length;
    if (ahead > 0) {
      throw new UserError('appointments_ahead', `还有 ${ahead} 个没办完的预约，请先取消，再删除记录`, {
        status: 409,
      });
    }
    return transactions.run((tx) => records.erase(tx, citizen));
  }
}

function describeTimes({ startsAt, endsAt, movedFrom, createdAt, expiresAt }: Appointment) {
  return {
    startsAt: startsAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
    movedFrom: movedFrom.map((move) => ({
      startsAt: move.startsAt.toISOString(),
      at: move.at.toISOString(),
    })),
    createdAt: createdAt.toISOString(),
    deletedOn: expiresAt.toISOString(),
  };
}

/** Something may still come of it. A hold, an offer or a wait whose time is over is as good as lapsed. */
function isAhead({ state, until, endsAt }: Appointment, now: number): boolean {
  if (!standingStates.includes(state)) return false;
  return ((state === 'booked' ? endsAt : until)?.getTime() ?? now) > now;
}
