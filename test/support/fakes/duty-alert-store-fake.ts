import type { DutyAlert } from '../../../src/features/duty/duty-alert.js';
import type { DutyAlertStore } from '../../../src/features/duty/duty-alert-store.js';

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

  async listOpen(accountId: string, limit: number): Promise<DutyAlert[]> {
    return this.alerts
      .filter((alert) => alert.accountId === accountId && alert.state === 'open')
      .toSorted((a, b) => a.at.getTime() - b.at.getTime())
      .slice(0, limit);
  }

  async markSeen(accountId: string, id: string, seen: NonNullable<DutyAlert['seen']>): Promise<boolean> {
    const alert = this.alerts.find(
      (alert) => alert.accountId === accountId && alert.id === id && alert.state === 'open',
    );
    if (alert) Object.assign(alert, { state: 'seen', seen });
    return alert !== undefined;
  }
}
