import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { Transaction } from '../../core/transaction-runner.js';
import type { DataSubject, Erased, OwnDataPart, OwnRecord } from '../compliance/own-data-part.js';
import type { Appointment, AppointmentState } from './appointment.js';
import { visitRetentionDays } from './booking/retention.js';
import { openObjection } from './booking/objections.js';
import { Persons } from './booking/persons.js';
import type { OfferReader } from './offer-reader.js';
import type { OwnRecordStore } from './own-record-store.js';

export interface OwnAppointmentsParts {
  records: OwnRecordStore;
  offer: Pick<OfferReader, 'services' | 'venues'>;
  cipher: FieldCipher;
  clock: Clock;
}

const standingStates: readonly AppointmentState[] = ['held', 'offered', 'waiting', 'booked'];

/** A citizen's appointments, with what they objected. */
export class OwnAppointments implements OwnDataPart {
  readonly name = 'appointments';
  readonly #parts: OwnAppointmentsParts;
  readonly #persons: Persons;

  constructor(parts: OwnAppointmentsParts) {
    this.#parts = parts;
    this.#persons = new Persons(parts.cipher);
  }

  async *copy(citizen: DataSubject): AsyncIterable<OwnRecord> {
    const { records, offer } = this.#parts;
    const [services, venues, found] = await Promise.all([
      offer.services(citizen.accountId),
      offer.venues(citizen.accountId),
      records.list(citizen),
    ]);
    const nameIn = (all: readonly { id: string; name: string }[], id: string) =>
      all.find((one) => one.id === id)?.name ?? id;
    for (const record of found)
      yield {
        service: nameIn(services, record.service),
        venue: nameIn(venues, record.venue),
        day: record.day,
        ...describeTimes(record),
        state: record.state,
        code: record.code ?? null,
        person: personOf(this.#persons.open(record)),
        consent: record.consent
          ? { notice: record.consent.notice, at: record.consent.at.toISOString() }
          : null,
        objection: this.#describeObjection(record),
      };
  }

  /** @throws UserError `appointments_ahead`: those must be cancelled first */
  async erase(tx: Transaction, citizen: DataSubject): Promise<Erased> {
    const { records, clock } = this.#parts;
    const found = await records.list(citizen, tx);
    const ahead = found.filter((record) => isAhead(record, clock.now())).length;
    if (ahead > 0) {
      throw new UserError('appointments_ahead', `还有 ${ahead} 个没办完的预约，请先取消，再删除记录`, {
        status: 409,
      });
    }
    const erased = await records.erase(tx, citizen);
    const isReclaimedSoon = found.some(({ state }) => standingStates.includes(state));
    const kept = [erased.anonymised > 0 ? visitsKept : '', isReclaimedSoon ? lapsedKept : ''];
    return { ...erased, kept: kept.filter((reason) => reason !== '') };
  }

  #describeObjection(record: Appointment): OwnRecord | null {
    const { objection } = record;
    if (!objection) return null;
    const { at, decision } = objection;
    return {
      text: openObjection(this.#parts.cipher, record),
      at: at.toISOString(),
      granted: decision?.isGranted ?? null,
      decidedAt: decision?.at.toISOString() ?? null,
    };
  }
}

const visitsKept = `办过的和没有到的预约：去掉了姓名、证件号、手机号和申诉的内容，只留下日期和一个还原不出身份证号的编号，用来执行每人限约次数和爽约的规则，办理那天之后 ${visitRetentionDays} 天删除。`;

const lapsedKept = '刚刚过期的预约，位置还没有收回：过几分钟再来删一次就没有了。';

function personOf(person: ReturnType<Persons['open']>): OwnRecord | null {
  return person && { ...person };
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
