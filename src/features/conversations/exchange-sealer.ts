import { z } from 'zod';
import type { FieldCipher } from '../../core/field-cipher.js';
import { holdsPersonalNumber } from '../../core/mask-personal.js';
import type { CitizenInput, CitizenMessage } from '../../core/messages.js';
import {
  formAnswersSchema,
  type DialogState,
  type FormAnswers,
  type FormDraft,
  type FormFrame,
} from '../../dialog/dialog-state.js';
import { citizenInputSchema, citizenMessageSchema } from './citizen-message-schema.js';
import type { Exchange, SealedForm, StoredState } from './exchange.js';

type Owner = Pick<CitizenMessage, 'accountId' | 'openid'>;

/** Keeps what is personal out of the journal and the outbox: it is sealed before it is written for the first time. */
export class ExchangeSealer {
  readonly #cipher: FieldCipher;
  /** Answers that have been sealed or opened before: a draft goes unchanged through many messages. */
  readonly #sealedAnswers = new WeakMap<FormAnswers, SealedAnswers>();

  constructor(cipher: FieldCipher) {
    this.#cipher = cipher;
  }

  /**
   * What came in, as it may be stored: sealed where the dialog had asked for a personal field, and where it holds
   * what looks like an ID number or a telephone number that nobody had asked for.
   */
  sealInput(owner: Owner, input: CitizenInput, isPrivate: boolean): Exchange['inbound']['input'] {
    if (!isPrivate && !holdsPersonalNumber(wordsOf(input))) return input;
    return { kind: 'sealed', was: input.kind, sealed: this.#seal(owner, 'exchanges.input', input) };
  }

  /** What came in, as it was; null: its key is not known any more. */
  openInput(owner: Owner, stored: Exchange['inbound']['input']): CitizenInput | null {
    if (stored.kind !== 'sealed') return stored;
    return this.#open(owner, 'exchanges.input', stored.sealed, citizenInputSchema);
  }

  /** The state with everything sealed that a citizen wrote. */
  sealState(owner: Owner, state: DialogState): StoredState {
    const { frame, drafts, doubt, ...rest } = state;
    if (frame?.kind !== 'form' && drafts === undefined && doubt === undefined) return { ...rest, frame };
    return {
      ...rest,
      frame: frame?.kind === 'form' ? this.#sealForm(owner, frame) : frame,
      ...(drafts && { drafts: drafts.map((draft) => this.#sealForm(owner, draft)) }),
      ...(doubt && { doubt: { ...doubt, said: this.#seal(owner, doubtField, doubt.said) } }),
    };
  }

  /** The state again. What was sealed with a key that is lost: a form begins anew, the rest is gone. */
  openState(owner: Owner, stored: StoredState): DialogState {
    const { frame, drafts, doubt, ...rest } = stored;
    if (frame?.kind !== 'form' && drafts === undefined && doubt === undefined) return { ...rest, frame };
    const said = doubt && this.#open(owner, doubtField, doubt.said, z.string());
    const opened = drafts?.flatMap((draft) => this.#openDraft(owner, draft)) ?? [];
    return {
      ...rest,
      frame: frame?.kind === 'form' ? this.#openFrame(owner, frame) : frame,
      ...(opened.length > 0 && { drafts: opened }),
      ...(doubt && { doubt: { ...doubt, said: said ?? '' } }),
    };
  }

  /** A whole message: of one that is only promised an answer, nobody knows yet what it holds. */
  sealMessage(message: CitizenMessage): string {
    return this.#seal(message, 'outbox.message', message);
  }

  /** The message; null: its key is not known any more. */
  openMessage(owner: Owner, sealed: string): CitizenMessage | null {
    return this.#open(owner, 'outbox.message', sealed, citizenMessageSchema);
  }

  #sealForm<Form extends { form: string; answers: FormAnswers }>(
    owner: Owner,
    { answers, ...rest }: Form,
  ): SealedForm<Form> {
    const field = fieldOf(rest);
    const known = this.#sealedAnswers.get(answers);
    if (known !== undefined && known.field === field && isSameOwner(known, owner)) {
      return { ...rest, sealed: known.sealed };
    }
    const sealed = this.#seal(owner, field, answers);
    this.#remember(answers, owner, field, sealed);
    return { ...rest, sealed };
  }

  #remember(answers: FormAnswers, { accountId, openid }: Owner, field: string, sealed: string): void {
    this.#sealedAnswers.set(answers, { accountId, openid, field, sealed });
  }

  #openAnswers(owner: Owner, field: string, sealed: string): FormAnswers | null {
    const answers = this.#open(owner, field, sealed, formAnswersSchema);
    if (answers !== null) this.#remember(answers, owner, field, sealed);
    return answers;
  }

  #openFrame(owner: Owner, { sealed, ...frame }: SealedForm<FormFrame>): FormFrame {
    const answers = this.#openAnswers(owner, fieldOf(frame), sealed);
    return answers === null ? { ...frame, answers: {}, isLost: true } : { ...frame, answers };
  }

  #openDraft(owner: Owner, { sealed, ...draft }: SealedForm<FormDraft>): FormDraft[] {
    const answers = this.#openAnswers(owner, fieldOf(draft), sealed);
    return answers === null ? [] : [{ ...draft, answers }];
  }

  #seal({ accountId, openid }: Owner, field: string, value: unknown): string {
    return this.#cipher.seal(JSON.stringify(value), { accountId, openid, field });
  }

  #open<S extends z.ZodType>(
    { accountId, openid }: Owner,
    field: string,
    sealed: string,
    schema: S,
  ): z.output<S> | null {
    const json = this.#cipher.open(sealed, { accountId, openid, field });
    return json === null ? null : schema.parse(JSON.parse(json));
  }
}

interface SealedAnswers extends Owner {
  readonly field: string;
  readonly sealed: string;
}

function isSameOwner(one: Owner, other: Owner): boolean {
  return one.openid === other.openid && one.accountId === other.accountId;
}

const doubtField = 'exchanges.doubt';

function fieldOf({ form }: { form: string }): string {
  return `exchanges.form.${form}`;
}

/** What was said in words; empty for anything else. */
export function wordsOf(input: CitizenInput): string {
  if (input.kind === 'text') return input.text;
  return input.kind === 'voice' ? (input.recognition ?? '') : '';
}
