import type { Transaction } from '../../../src/core/transaction-runner.js';
import type { Appointment, AppointmentState } from '../../../src/features/appointments/appointment.js';
import type { Citizen } from '../../../src/features/appointments/booking-desk.js';
import type { OwnRecordStore } from '../../../src/features/appointments/own-record-store.js';
import { onRollback } from './transaction-runner-fake.js';

const ended: readonly AppointmentState[] = ['cancelled', 'closed', 'lapsed'];
const visited: readonly AppointmentState[] = ['arrived', 'missed'];

export class OwnRecordStoreFake implements OwnRecordStore {
  constructor(public all: Appointment[] = []) {}

  async list({ accountId, openid }: Citizen): Promise<Appointment[]> {
    return this.all
      .filter((one) => one.accountId === accountId && one.openid === openid)
      .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  }

  async erase(tx: Transaction, citizen: Citizen): Promise<{ deleted: number; anonymised: number }> {
    const before = { all: this.all };
    onRollback(tx, () => Object.assign(this, before));
    const mine = await this.list(citizen);
    const deleted = mine.filter(({ state }) => ended.includes(state));
    const anonymised = mine.filter(({ state }) => visited.includes(state));
    this.all = this.all
      .filter((one) => !deleted.includes(one))
      .map((one) => (anonymised.includes(one) ? withoutPerson(one) : one));
    return { deleted: deleted.length, anonymised: anonymised.length };
  }
}

function withoutPerson(one: Appointment): Appointment {
  const { sealed: _sealed, code: _code, consent: _consent, objection: _objection, ...rest } = one;
  return { ...rest, openid: '' };
}
