import type { FieldCipher } from '../../core/field-cipher.js';
import type { Transaction } from '../../core/transaction-runner.js';
import type { DataSubject, Erased, OwnDataPart, OwnRecord } from '../compliance/own-data-part.js';
import { openWords } from './message-words.js';
import type { OwnMessageStore } from './own-message-store.js';

/** A citizen's 留言 and 纠错. One that nobody has handled goes, too: it is its writer's to take back. */
export class OwnMessages implements OwnDataPart {
  readonly name = 'messages';
  readonly #store: OwnMessageStore;
  readonly #cipher: FieldCipher;

  constructor(store: OwnMessageStore, cipher: FieldCipher) {
    this.#store = store;
    this.#cipher = cipher;
  }

  async *copy(citizen: DataSubject): AsyncIterable<OwnRecord> {
    for (const message of await this.#store.list(citizen)) {
      const { receipt, kind, about, consent, handled, at, expiresAt } = message;
      const words = openWords(this.#cipher, message);
      yield {
        receipt,
        kind,
        text: words?.text ?? null,
        phone: words?.phone ?? null,
        picture: words?.picture?.url ?? null,
        about: about ? { ...about } : null,
        consent: consent ? { notice: consent.notice, at: consent.at.toISOString() } : null,
        handledAt: handled?.at.toISOString() ?? null,
        at: at.toISOString(),
        deletedOn: expiresAt.toISOString(),
      };
    }
  }

  async erase(tx: Transaction, citizen: DataSubject): Promise<Erased> {
    return { deleted: await this.#store.removeAll(tx, citizen), anonymised: 0, kept: [] };
  }
}
