import type { Transaction } from '../../../src/core/transaction-runner.js';
import type { DutyAlert } from '../../../src/features/duty/duty-alert.js';
import type {
  DutyAlertPage,
  DutyAlertSection,
  DutyAlertStore,
  DutyChange,
} from '../../../src/features/duty/duty-alert-store.js';
import { onRollback } from './transaction-runner-fake.js';

/** The alerts in memory; the contract test holds it to the real store. */
export class DutyAlertStoreFake implements DutyAlertStore {
  readonly alerts: DutyAlert[] = [];

  async add(alert: DutyAlert): Promise<boolean> {
    const { accountId, openid, key } = alert;
    const isThere = this.alerts.some(
      (other) => other.accountId === accountId && other.openid === openid && other.key === key,
    );
    if (!isThere) this.alerts.push(alert);
    return !isThere;
  }

  async find(accountId: string, id: string): Promise<DutyAlert | null> {
    return this.alerts.find((alert) => alert.accountId === accountId && alert.id === id) ?? null;
  }

  async list(
    accountId: string,
    section: DutyAlertSection,
    { limit, after }: DutyAlertPage,
  ): Promise<DutyAlert[]> {
    const alerts = this.alerts
      .filter(
        (alert) => alert.accountId === accountId && (alert.state === 'closed') === (section === 'closed'),
      )
      .sort(section === 'active' ? byStateAndAge : (one, other) => byAge(other, one));
    if (after === undefined) return alerts.slice(0, limit);
    const index = alerts.findIndex(({ id }) => id === after);
    return index === -1 ? [] : alerts.slice(index + 1, index + 1 + limit);
  }

  async countOpen(accountId: string): Promise<number> {
    return this.alerts.filter((alert) => alert.accountId === accountId && alert.state === 'open').length;
  }

  async change(tx: Transaction, { accountId, id, state }: DutyAlert, change: DutyChange): Promise<void> {
    const index = this.alerts.findIndex((one) => one.accountId === accountId && one.id === id);
    const before = this.alerts[index];
    if (before?.state !== state) throw new Error(`the alert ${id} is not ${state}`);
    onRollback(tx, () => (this.alerts[index] = before));
    this.alerts[index] = { ...before, ...change };
  }
}

function byStateAndAge(one: DutyAlert, other: DutyAlert): number {
  if (one.state !== other.state) return one.state === 'open' ? -1 : 1;
  return byAge(one, other);
}

function byAge(one: DutyAlert, other: DutyAlert): number {
  return one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1);
}
