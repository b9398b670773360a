import { z } from 'zod';
import type { Clock } from '../../core/clock.js';
import { businessDay } from '../../core/business-day.js';
import { OperationalError, UserError } from '../../core/errors.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import { maskPersonalNumbers, maskPhone } from '../../core/mask-personal.js';
import type { Asker } from '../conversations/dialog-requests.js';
import type { DisclosureStore } from './disclosure-store.js';
import type { MessageView, MessageWords, NewMessage, StoredMessage } from './message.js';
import { messageRetentionDays } from './message-forms.js';
import type { MessageStore } from './message-store.js';

export interface MessageServiceParts {
  messages: MessageStore;
  disclosures: DisclosureStore;
  cipher: FieldCipher;
  clock: Clock;
  /** At least 0, less than 1. */
  random: () => number;
}

/** Who wants to see a message in full. */
export interface Viewer {
  by: string;
  reason: string;
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
  async list(accountId: string, limit: number): Promise<MessageView[]> {
    return (await this.#parts.messages.list(accountId, limit)).map((message) => this.#showMasked(message));
  }

  /** The messages that a telephone number was left with, as `list` shows them. */
  async listByPhone(accountId: string, phone: string, limit: number): Promise<MessageView[]> {
    const hash = this.#hashPhone(accountId, phone);
    const found = await this.#parts.messages.listByPhone(accountId, hash, limit);
    return found.map((message) => this.#showMasked(message));
  }

  /** One message with every number masked. @throws UserError `no_such_message` */
  async show(accountId: string, receipt: string): Promise<MessageView> {
    return this.#showMasked(await this.#find(accountId, receipt));
  }

  /**
   * One message in full, once it is on record who looked and why.
   * @throws UserError `no_such_message` · `reason_missing`
   */
  async disclose(accountId: string, receipt: string, { by, reason }: Viewer): Promise<MessageView> {
    if (reason.trim() === '') throw new UserError('reason_missing', '请写明查看原因');
    const message = await this.#find(accountId, receipt);
    const { openid } = message;
    const at = new Date(this.#parts.clock.now());
    await this.#parts.disclosures.append({ accountId, receipt, openid, by, reason: reason.trim(), at });
    return { ...viewOf(message), words: this.#open(message) };
  }

  async #find(accountId: string, receipt: string): Promise<StoredMessage> {
    const message = await this.#parts.messages.findByReceipt(accountId, receipt);
    if (message === null)
      throw new UserError('no_such_message', `没有编号为 ${receipt} 的留言`, { status: 404 });
    return message;
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
      sealed: cipher.seal(JSON.stringify(words), { accountId, openid, field: wordsField }),
      ...(words.phone !== undefined && { phoneHash: this.#hashPhone(accountId, words.phone) }),
      ...(about && { about }),
      ...(consent && { consent }),
      at: new Date(now),
      expiresAt: new Date(now + messageRetentionDays * dayMs),
    };
  }

  #open({ accountId, openid, sealed }: StoredMessage): MessageWords | null {
    const words = this.#parts.cipher.open(sealed, { accountId, openid, field: wordsField });
    return words === null ? null : wordsSchema.parse(JSON.parse(words));
  }

  #showMasked(message: StoredMessage): MessageView {
    const words = this.#open(message);
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

const wordsField = 'messages.words';
const phoneField = 'messages.phone';
const dayMs = 86_400_000;
/** A day's million numbers are never so full that this many draws in a row are taken. */
const mostAttempts = 8;

const wordsSchema: z.ZodType<MessageWords> = z.object({
  text: z.string(),
  phone: z.string().exactOptional(),
  picture: z.object({ mediaId: z.string(), url: z.string() }).exactOptional(),
});

function viewOf({ receipt, kind, about, consent, at, expiresAt }: StoredMessage): Omit<MessageView, 'words'> {
  return { receipt, kind, at, expiresAt, ...(about && { about }), ...(consent && { consent }) };
}

/** `20261122-048273`: the day in Shanghai, and digits that do not tell how many messages there are. */
function drawReceipt(now: number, random: () => number): string {
  const digits = String(Math.floor(random() * 1_000_000)).padStart(6, '0');
  return `${businessDay(now).replaceAll('-', '')}-${digits}`;
}
