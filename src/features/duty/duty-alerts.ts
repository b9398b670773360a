import { createHash } from 'node:crypto';
import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import { withinTime } from '../../core/with-deadline.js';
import type { Asker } from '../conversations/dialog-requests.js';
import type { DutyAlert } from './duty-alert.js';
import type { DutyAlertStore } from './duty-alert-store.js';

export type NewDutyAlert = Pick<DutyAlert, 'kind' | 'word' | 'text'>;

/** Is told of alerts, to count and to log them: until there is an inbox, that is how the officer hears of one. */
export interface DutyWatcher {
  /** `recorded` false: the database did not take it, so this is all that is known of it. */
  raised(alert: DutyAlert, recorded: boolean): void;
}

/** Calls the officer on duty to messages that tell of an emergency. */
export class DutyAlerts {
  readonly #parts: { store: DutyAlertStore; watcher: DutyWatcher; clock: Clock; patienceMs: number };

  constructor(parts: { store: DutyAlertStore; watcher: DutyWatcher; clock: Clock; patienceMs?: number }) {
    this.#parts = { patienceMs: patienceMs, ...parts };
  }

  /**
   * Raises an alert, once for each message. Gives up on the record after a second: the citizen waits for the answer.
   * @throws what the store throws, once the watcher has been told
   */
  async raise(asker: Asker, { kind, word, text }: NewDutyAlert): Promise<void> {
    const { store, watcher, clock, patienceMs } = this.#parts;
    const { accountId, openid, key } = asker;
    const now = clock.now();
    const alert: DutyAlert = {
      accountId,
      openid,
      key,
      id: shortDigest(accountId, openid, key),
      kind,
      word,
      text,
      sentAt: new Date(asker.sentAt),
      at: new Date(now),
      state: 'open',
      expiresAt: new Date(now + keptMs),
    };
    try {
      if (await withinTime(store.add(alert), patienceMs)) watcher.raised(alert, true);
    } catch (error) {
      watcher.raised(alert, false);
      throw error;
    }
  }

  /** Those that nobody has seen, the oldest first. */
  listOpen(accountId: string, limit: number): Promise<DutyAlert[]> {
    return this.#parts.store.listOpen(accountId, limit);
  }

  /** @throws UserError `no_open_alert` */
  async markSeen(accountId: string, id: string, by: string): Promise<void> {
    const { store, clock } = this.#parts;
    if (await store.markSeen(accountId, id, { by, at: new Date(clock.now()) })) return;
    throw new UserError('no_open_alert', `没有编号为 ${id} 的未读警报`, { status: 404 });
  }
}

const patienceMs = 1_000;
/** As long as network logs are to be kept (网络安全法 21: six months at least). */
const keptMs = 183 * 86_400_000;

function shortDigest(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 10);
}
