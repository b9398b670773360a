import { createHash } from 'node:crypto';
import type { Actor } from '../../core/actor.js';
import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import { maskPersonalNumbers } from '../../core/mask-personal.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import { withinTime } from '../../core/with-deadline.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { Asker } from '../conversations/dialog-requests.js';
import type { DutyAlert, DutyAlertView, DutyStep } from './duty-alert.js';
import type { DutyAlertPage, DutyAlertSection, DutyAlertStore, DutyChange } from './duty-alert-store.js';

export interface NewDutyAlert extends Pick<DutyAlert, 'kind' | 'word'> {
  /** The beginning of what the citizen wrote. */
  text: string;
}

/** Is told of alerts, to count and to log them: whoever watches the log hears of one without the console. */
export interface DutyWatcher {
  /** `recorded` false: the database did not take it, so this is all that is known of it. */
  raised(alert: DutyAlert, recorded: boolean): void;
}

export interface DutyAlertsParts {
  store: DutyAlertStore;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  cipher: FieldCipher;
  watcher: DutyWatcher;
  clock: Clock;
  /** How long a citizen waits for the record, in milliseconds. */
  patienceMs?: number;
}

/** What an officer does with an alert. */
export interface DutyRequest {
  accountId: string;
  id: string;
  actor: Actor;
}

/** Calls the officer on duty to messages that tell of an emergency. */
export class DutyAlerts {
  readonly #parts: DutyAlertsParts;

  constructor(parts: DutyAlertsParts) {
    this.#parts = parts;
  }

  /**
   * Raises an alert, once for each message. Gives up on the record after a second: the citizen waits for the answer.
   * @throws what the store throws, once the watcher has been told
   */
  async raise(asker: Asker, news: NewDutyAlert): Promise<void> {
    const { store, watcher, patienceMs = usualPatienceMs } = this.#parts;
    const alert = this.#make(asker, news);
    try {
      if (await withinTime(store.add(alert), patienceMs)) watcher.raised(alert, true);
    } catch (error) {
      watcher.raised(alert, false);
      throw error;
    }
  }

  async list(accountId: string, section: DutyAlertSection, page: DutyAlertPage): Promise<DutyAlertView[]> {
    const alerts = await this.#parts.store.list(accountId, section, page);
    return alerts.map((alert) => this.#show(alert));
  }

  /** Those that nobody has seen. */
  countOpen(accountId: string): Promise<number> {
    return this.#parts.store.countOpen(accountId);
  }

  /** Somebody takes it on. @throws UserError `no_such_alert` · `alert_changed` when another has already */
  markSeen(request: DutyRequest): Promise<DutyAlertView> {
    return this.#change(request, 'duty.see', (alert, step) => {
      if (alert.state !== 'open') throw alertChanged(alert);
      return { state: 'seen', seen: step };
    });
  }

  /** It is over, with a note of what was done. @throws UserError `no_such_alert` · `alert_changed` */
  close(request: DutyRequest & { note: string }): Promise<DutyAlertView> {
    const { note } = request;
    const close = (alert: DutyAlert, step: DutyStep): DutyChange => {
      if (alert.state === 'closed') throw alertChanged(alert);
      return { state: 'closed', closed: { ...step, note } };
    };
    return this.#change(request, 'duty.close', close, maskPersonalNumbers(note));
  }

  #change(
    { accountId, id, actor }: DutyRequest,
    action: string,
    next: (alert: DutyAlert, step: DutyStep) => DutyChange,
    reason?: string,
  ): Promise<DutyAlertView> {
    const { store, transactions, audit, clock } = this.#parts;
    return transactions.run(async (tx) => {
      const alert = await store.find(accountId, id, tx);
      if (!alert) throw noSuchAlert(id);
      const change = next(alert, { by: actor.by, at: new Date(clock.now()) });
      await store.change(tx, alert, change);
      const changes = [{ path: 'state', before: alert.state, after: change.state }];
      const object = { kind: 'duty-alert', id };
      await audit.append(tx, {
        ...actor,
        accountId,
        action,
        object,
        changes,
        ...(reason !== undefined && { reason }),
      });
      return this.#show({ ...alert, ...change });
    });
  }

  #make({ accountId, openid, key, sentAt }: Asker, { kind, word, text }: NewDutyAlert): DutyAlert {
    const { clock, cipher } = this.#parts;
    const now = clock.now();
    return {
      accountId,
      openid,
      key,
      id: shortDigest(accountId, openid, key),
      kind,
      word,
      sealed: cipher.seal(text, { accountId, openid, field: textField }),
      sentAt: new Date(sentAt),
      at: new Date(now),
      state: 'open',
      expiresAt: new Date(now + dutyRetentionDays * dayMs),
    };
  }

  #show(stored: DutyAlert): DutyAlertView {
    const { sealed: _sealed, key: _key, ...alert } = stored;
    return { ...alert, text: openAlertText(this.#parts.cipher, stored) };
  }
}

/** The beginning of what the citizen wrote; null: its key is not known any more. */
export function openAlertText(
  cipher: FieldCipher,
  { accountId, openid, sealed }: Pick<DutyAlert, 'accountId' | 'openid' | 'sealed'>,
): string | null {
  return cipher.open(sealed, { accountId, openid, field: textField });
}

/** As long as network logs are to be kept, in days (网络安全法 §21: six months at least). */
export const dutyRetentionDays = 183;

const textField = 'duty_alerts.text';
const usualPatienceMs = 1_000;
const dayMs = 86_400_000;

function noSuchAlert(id: string): UserError {
  return new UserError('no_such_alert', `没有编号为 ${id} 的警报`, { status: 404, details: { id } });
}

function alertChanged({ id, state, seen, closed }: DutyAlert): UserError {
  const who = (closed ?? seen)?.by.name ?? '同事';
  const did = state === 'closed' ? '办结' : '接手';
  return new UserError('alert_changed', `${who} 已经${did}了这条警报`, {
    status: 409,
    details: { id, state, by: who },
  });
}

function shortDigest(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 10);
}
