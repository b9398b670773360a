import type { Transaction } from '../../../src/core/transaction-runner.js';
import type { StoredMessage } from '../../../src/features/messages/message.js';
import type {
  AddOutcome,
  MessageFilter,
  MessagePage,
  MessageStore,
} from '../../../src/features/messages/message-store.js';
import { onRollback } from './transaction-runner-fake.js';

/** Messages in memory; the contract test holds it to the real store. */
export class MessageStoreFake implements MessageStore {
  readonly messages: StoredMessage[] = [];

  async add(message: StoredMessage): Promise<AddOutcome> {
    const { accountId, openid, key, receipt } = message;
    const own = this.#of(accountId);
    const stored = own.find((one) => one.openid === openid && one.key === key);
    if (stored) return { kind: 'repeated', stored };
    if (own.some((one) => one.receipt === receipt)) return { kind: 'receipt_taken' };
    this.messages.push(structuredClone(message));
    return { kind: 'added' };
  }

  async findByReceipt(accountId: string, receipt: string): Promise<StoredMessage | null> {
    return this.#of(accountId).find((one) => one.receipt === receipt) ?? null;
  }

  async list(
    { accountId, kind, isHandled, phoneHash }: MessageFilter,
    { limit, after }: MessagePage,
  ): Promise<StoredMessage[]> {
    const found = this.#of(accountId)
      .filter((one) => one.kind === (kind ?? one.kind))
      .filter((one) => isHandled === undefined || isHandled === (one.handled !== undefined))
      .filter((one) => phoneHash === undefined || one.phoneHash === phoneHash);
    if (after === undefined) return found.slice(0, limit);
    const last = this.#of(accountId).find(({ receipt }) => receipt === after);
    return last ? found.filter((one) => byAge(last, one) < 0).slice(0, limit) : [];
  }

  async countOpen(accountId: string): Promise<number> {
    return this.#of(accountId).filter(({ handled }) => handled === undefined).length;
  }

  async setHandled(
    tx: Transaction,
    { accountId, receipt }: StoredMessage,
    handled: NonNullable<StoredMessage['handled']>,
  ): Promise<void> {
    const index = this.messages.findIndex((one) => one.accountId === accountId && one.receipt === receipt);
    const before = this.messages[index];
    if (!before || before.handled) throw new Error(`the message ${receipt} has been handled`);
    onRollback(tx, () => (this.messages[index] = before));
    this.messages[index] = { ...before, handled };
  }

  #of(accountId: string): StoredMessage[] {
    return this.messages.filter((one) => one.accountId === accountId).sort(byAge);
  }
}

function byAge(one: StoredMessage, other: StoredMessage): number {
  return other.at.getTime() - one.at.getTime() || (one.receipt > other.receipt ? -1 : 1);
}
