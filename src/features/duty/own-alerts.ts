import type { FieldCipher } from '../../core/field-cipher.js';
import type { Transaction } from '../../core/transaction-runner.js';
import {
  nothingErased,
  type DataSubject,
  type Erased,
  type OwnDataPart,
  type OwnRecord,
} from '../compliance/own-data-part.js';
import { dutyRetentionDays, openAlertText } from './duty-alerts.js';
import type { OwnAlertStore } from './own-alert-store.js';

/** The emergencies that a citizen wrote of. What was done in one can be asked later: they stay their time. */
export class OwnAlerts implements OwnDataPart {
  readonly name = 'emergencies';
  readonly #store: OwnAlertStore;
  readonly #cipher: FieldCipher;

  constructor(store: OwnAlertStore, cipher: FieldCipher) {
    this.#store = store;
    this.#cipher = cipher;
  }

  async *copy(citizen: DataSubject): AsyncIterable<OwnRecord> {
    for (const alert of await this.#store.list(citizen))
      yield {
        id: alert.id,
        kind: alert.kind,
        word: alert.word,
        text: openAlertText(this.#cipher, alert),
        state: alert.state,
        sentAt: alert.sentAt.toISOString(),
        closedAt: alert.closed?.at.toISOString() ?? null,
        deletedOn: alert.expiresAt.toISOString(),
      };
  }

  async erase(_tx: Transaction, citizen: DataSubject): Promise<Erased> {
    const count = (await this.#store.list(citizen)).length;
    if (count === 0) return nothingErased;
    return {
      ...nothingErased,
      kept: [
        `${count} 条紧急求助的记录：处置情况以后可能要查，按《网络安全法》保存 ${dutyRetentionDays} 天后删除。`,
      ],
    };
  }
}
