import type { Actor } from '../../core/actor.js';
import type { Clock } from '../../core/clock.js';
import { businessDay } from '../../core/business-day.js';
import { OperationalError, UserError } from '../../core/errors.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import { maskPersonalNumbers, maskPhone } from '../../core/mask-personal.js';
import type { Transaction, TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditEntry } from '../audit/audit-event.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { Asker } from '../conversations/dialog-requests.js';
import type { MessageView, NewMessage, StoredMessage } from './message.js';
import { messageRetentionDays } from './message-forms.js';
import type { MessageFilter, MessagePage, MessageStore } from './message-store.js';
import { openWords, sealWords } from './message-words.js';

export interface MessageServiceParts {
  messages: MessageStore;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  cipher: FieldCipher;
  clock: Clock;
  /** At least 0, less than 1. */
  random: () => number;
}

/** What a member of staff does with a message. */
export interface MessageRequest {
  accountId: string;
  receipt: string;
  actor: Actor;
}

export interface MessageSelection extends Omit<MessageFilter, 'phoneHash'> {
  /** A telephone number that was left, as the form reads it: digits and nothing else but the area code's hyphen. */
  phone?: string;
}

/** Takes what citizens leave for the staff, and shows it to them. */
export class MessageService {
  readonly #parts: MessageServiceParts;

  constructor(parts: MessageServiceParts) {
    this.#parts = parts;
  }

  /**
   * Keeps the message, once per key of the citizen's chat message.
   *
   * @returns the receipt number; a repeat gets that of the first time.
   * @throws OperationalError `no_receipt_free`
   */
  async leave(asker: Asker, message: NewMessage): Promise<string> {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const stored = this.#seal(asker, message);
      const outcome = await this.#parts.messages.add(stored);
      if (outcome.kind === 'added') return stored.receipt;
      if (outcome.kind === 'repeated') return outcome.stored.receipt;
    }
    throw new OperationalError('no_receipt_free', 'every receipt number that was tried is taken');
  }

  /** The latest messages first, with every number masked. */
  async list({ phone, ...filter }: MessageSelection, page: MessagePage): Promise<MessageView[]> {
    const { accountId } = filter;
    const wanted = {
      ...filter,
      ...(phone !== undefined && { phoneHash: this.#hashPhone(accountId, phone) }),
    };
    return (await this.#parts.messages.list(wanted, page)).map((message) => this.#showMasked(message));
  }

  /** Those that nobody has handled. */
  countOpen(accountId: string): Promise<number> {
    return this.#parts.messages.countOpen(accountId);
  }

  /** One message with every number masked. @throws UserError `no_such_message` */
  async show(accountId: string, receipt: string): Promise<MessageView> {
    return this.#showMasked(await this.#find({ accountId, receipt }));
  }

  /**
   * One message in full, once it is on record who looked and why.
   * @throws UserError `no_such_message` · `reason_missing`
   */
  async disclose(request: MessageRequest & { reason: string }): Promise<MessageView> {
    const reason = request.reason.trim();
    if (reason === '') throw new UserError('reason_missing', '请写明查看原因');
    const message = await this.#parts.transactions.run(async (tx) => {
      const found = await this.#find(request, tx);
      await this.#record(tx, request, { action: 'message.disclose', changes: [], reason });
      return found;
    });
    return { ...viewOf(message), words: openWords(this.#parts.cipher, message) };
  }

  /** Notes what was done. @throws UserError `no_such_message` · `already_handled` */
  handle(request: MessageRequest & { note: string }): Promise<MessageView> {
    const { messages, transactions, clock } = this.#parts;
    const { actor, note } = request;
    return transactions.run(async (tx) => {
      const message = await this.#find(request, tx);
      if (message.handled) throw alreadyHandled(message.handled.by.name);
      const handled = { by: actor.by, at: new Date(clock.now()), note };
      await messages.setHandled(tx, message, handled);
      const reason = maskPersonalNumbers(note);
      await this.#record(tx, request, { action: 'message.handle', changes: [], reason });
      return this.#showMasked({ ...message, handled });
    });
  }

  async #find(
    { accountId, receipt }: Pick<MessageRequest, 'accountId' | 'receipt'>,
    tx?: Transaction,
  ): Promise<StoredMessage> {
    const message = await this.#parts.messages.findByReceipt(accountId, receipt, tx);
    if (message === null)
      throw new UserError('no_such_message', `没有编号为 ${receipt} 的留言`, { status: 404 });
    return message;
  }

  #record(
    tx: Transaction,
    { accountId, receipt, actor }: MessageRequest,
    what: Pick<AuditEntry, 'action' | 'changes' | 'reason'>,
  ): Promise<void> {
    const object = { kind: 'message', id: receipt };
    return this.#parts.audit.append(tx, { ...actor, accountId, object, ...what });
  }

  #seal({ accountId, openid, key }: Asker, message: NewMessage): StoredMessage {
    const { kind, about, consent, ...words } = message;
    const { cipher, clock, random } = this.#parts;
    const now = clock.now();
    return {
      accountId,
      openid,
      key,
      kind,
      receipt: drawReceipt(now, random),
      sealed: sealWords(cipher, { accountId, openid }, words),
      ...(words.phone !== undefined && { phoneHash: this.#hashPhone(accountId, words.phone) }),
      ...(about && { about }),
      ...(consent && { consent }),
      at: new Date(now),
      expiresAt: new Date(now + messageRetentionDays * dayMs),
    };
  }

  #showMasked(message: StoredMessage): MessageView {
    const words = openWords(this.#parts.cipher, message);
    if (words === null) return { ...viewOf(message), words };
    const { text, phone } = words;
    const masked = {
      text: maskPersonalNumbers(text),
      ...(phone !== undefined && { phone: maskPhone(phone) }),
      ...(words.picture && { picture: words.picture }),
    };
    return { ...viewOf(message), words: masked };
  }

  #hashPhone(accountId: string, phone: string): string {
    return this.#parts.cipher.hash(phone, { accountId, field: phoneField });
  }
}

const phoneField = 'messages.phone';
const dayMs = 86_400_000;
/** A day's million numbers are never so full that this many draws in a row are taken. */
const mostAttempts = 8;

function viewOf(message: StoredMessage): Omit<MessageView, 'words'> {
  const { receipt, kind, about, consent, handled, at, expiresAt } = message;
  const optional = { ...(about && { about }), ...(consent && { consent }), ...(handled && { handled }) };
  return { receipt, kind, at, expiresAt, ...optional };
}

function alreadyHandled(name: string): UserError {
  return new UserError('already_handled', `${name} 已经处理过这条留言`, {
    status: 409,
    details: { by: name },
  });
}

/** `20261122-048273`: the day in Shanghai, and digits that do not tell how many messages there are. */
function drawReceipt(now: number, random: () => number): string {
  const digits = String(Math.floor(random() * 1_000_000)).padStart(6, '0');
  return `${businessDay(now).replaceAll('-', '')}-${digits}`;
}
