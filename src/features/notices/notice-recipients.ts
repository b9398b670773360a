import { z } from 'zod';
import { UserError } from '../../core/errors.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { AudienceReader, RecipientFacts } from '../audience/audience-reader.js';
import { listField } from './lists/list-importer.js';
import { listTexts } from './lists/list-texts.js';
import type { ListedRecipient } from './lists/recipient-list.js';
import { rowsPerPage, type RecipientListStore } from './lists/recipient-list-store.js';
import type { RecipientReader } from './recipient-reader.js';

export interface NoticeRecipientsParts {
  audience: Pick<AudienceReader, 'list' | 'findMany'>;
  lists: Pick<RecipientListStore, 'find' | 'readRows'>;
  cipher: FieldCipher;
}

type Page = Parameters<RecipientReader['list']>[1];

/** Recipients from the audience, or from a list that was uploaded. */
export class NoticeRecipients implements RecipientReader {
  readonly #parts: NoticeRecipientsParts;

  constructor(parts: NoticeRecipientsParts) {
    this.#parts = parts;
  }

  /** @throws UserError `list_gone` for a list that has expired, or that nobody has confirmed. */
  async list(
    { accountId, audience }: Parameters<RecipientReader['list']>[0],
    { after, limit }: Page,
  ): Promise<RecipientFacts[]> {
    if (audience.kind === 'list') {
      return this.#readList(accountId, audience.listId, after === null ? 0 : after.row + 1, limit);
    }
    const conditions = audience.kind === 'segment' ? audience.conditions : [];
    const page = { limit, ...(after && { after: after.openid }) };
    return (await this.#parts.audience.list(accountId, { conditions }, page)).recipients;
  }

  async #readList(accountId: string, id: string, from: number, limit: number): Promise<RecipientFacts[]> {
    const { lists, audience } = this.#parts;
    const list = await lists.find({ accountId, id });
    if (!list?.confirmed) throw new UserError('list_gone', listTexts.gone, { status: 422 });
    const rows: ListedRecipient[] = [];
    while (rows.length < limit) {
      const at = from + rows.length;
      const page = await lists.readRows(list, Math.floor(at / rowsPerPage));
      const rest = page.slice(at % rowsPerPage, (at % rowsPerPage) + limit - rows.length);
      if (rest.length === 0) break;
      rows.push(...rest);
    }
    const found = await audience.findMany(
      accountId,
      rows.map(({ openid }) => openid),
    );
    const known = new Map(found.map((facts) => [facts.openid, facts]));
    return rows.map((row) => this.#describe(accountId, row, known.get(row.openid)));
  }

  /** What the list says of a citizen goes before what is known otherwise. */
  #describe(
    accountId: string,
    { openid, sealed }: ListedRecipient,
    known: RecipientFacts | undefined,
  ): RecipientFacts {
    const text =
      sealed === undefined ? '{}' : this.#parts.cipher.open(sealed, { accountId, openid, field: listField });
    // A key that is gone leaves no values: what needs them is not sent to this citizen.
    const listed = text === null ? {} : valuesSchema.parse(JSON.parse(text));
    const { subscribed, unreachable, values } = known ?? nothingKnown;
    return { openid, subscribed, unreachable, values: { ...values, ...listed } };
  }
}

const valuesSchema = z.record(z.string(), z.string());
const nothingKnown = { subscribed: undefined, unreachable: undefined, values: {} };
