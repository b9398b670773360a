import { createBreather } from '../../../core/breather.js';
import type { FieldCipher } from '../../../core/field-cipher.js';
import type { AudienceReader } from '../../audience/audience-reader.js';
import { readColumns, type ListColumns } from './list-columns.js';
import { listEmpty, listTooLong } from './list-errors.js';
import { faultOfCitizen, isUsable, ListRows, type ReadRow } from './list-rows.js';
import { readTable } from './read-table.js';
import {
  listLimits,
  type ListedRecipient,
  type RecipientList,
  type RowFault,
  type RowFaultCode,
} from './recipient-list.js';
import { rowsPerPage, type ListRef, type RecipientListStore } from './recipient-list-store.js';

export interface ListImporterParts {
  lists: Pick<RecipientListStore, 'addRows'>;
  audience: Pick<AudienceReader, 'findMany'>;
  cipher: FieldCipher;
}

/** What was found in a file. */
export type ImportedList = Pick<
  RecipientList,
  'columns' | 'rows' | 'usable' | 'blanks' | 'columnFaults' | 'rowFaults' | 'faultCounts'
>;

type Target = ListRef & Pick<RecipientList, 'expiresAt'>;

/** Where the values of a list are sealed for. */
export const listField = 'notice_list_pages.rows';

/** Reads a file row by row, and keeps the usable rows page by page; never the whole file in rows. */
export class ListImporter {
  readonly #parts: ListImporterParts;

  constructor(parts: ListImporterParts) {
    this.#parts = parts;
  }

  /** @throws UserError `list_unreadable`, `list_empty`, `list_too_long` */
  async import(target: Target, file: Buffer): Promise<ImportedList> {
    const breathe = createBreather(sliceMs);
    let columns: ListColumns | undefined;
    let rows: ListRows | undefined;
    let row = 0;
    const tally = new Tally();
    const pages = new PageWriter(this.#parts, target);
    let waiting: ReadRow[] = [];
    for await (const cells of readTable(file)) {
      await breathe();
      row += 1;
      if (!rows) {
        columns = readColumns(cells);
        if (columns.faults.length > 0) return tally.sumUp(columns, 0);
        rows = new ListRows(columns);
        continue;
      }
      if (cells.every((cell) => cell === '')) continue;
      if (tally.rows + waiting.length >= listLimits.rows) throw listTooLong();
      waiting.push(rows.read(row, cells));
      if (waiting.length < rowsPerLook) continue;
      await this.#settle(target, waiting, tally, pages);
      waiting = [];
    }
    if (!columns) throw listEmpty();
    await this.#settle(target, waiting, tally, pages);
    return tally.sumUp(columns, await pages.finish());
  }

  /** Looks the citizens of some rows up, counts the faults and keeps what is usable. */
  async #settle(
    { accountId }: Target,
    rows: readonly ReadRow[],
    tally: Tally,
    pages: PageWriter,
  ): Promise<void> {
    const openids = rows.filter(isUsable).map(({ openid }) => openid);
    const known = new Map(
      (await this.#parts.audience.findMany(accountId, openids)).map((facts) => [facts.openid, facts]),
    );
    const breathe = createBreather(sliceMs);
    for (const row of rows) {
      await breathe();
      const fault = isUsable(row) ? faultOfCitizen(row.row, known.get(row.openid)) : undefined;
      if (fault) row.faults.unshift(fault);
      tally.add(row);
      if (isUsable(row)) await pages.add(row);
    }
  }
}

const rowsPerLook = 500;
/** Reading a row may take in a piece of the file, and seldom the tables of the openids grow: slices are short. */
const sliceMs = 5;

/** Counts what is wrong. */
class Tally {
  rows = 0;
  readonly #shown: RowFault[] = [];
  readonly #counts: Partial<Record<RowFaultCode, number>> = {};
  readonly #blanks = new Map<string, number>();

  add(row: ReadRow): void {
    this.rows += 1;
    for (const code of new Set(row.faults.map((fault) => fault.code))) {
      this.#counts[code] = (this.#counts[code] ?? 0) + 1;
    }
    this.#shown.push(...row.faults.slice(0, listLimits.shownFaults - this.#shown.length));
    if (!isUsable(row)) return;
    for (const { column } of row.faults) {
      if (column !== null) this.#blanks.set(column, (this.#blanks.get(column) ?? 0) + 1);
    }
  }

  sumUp({ values, faults }: ListColumns, usable: number): ImportedList {
    return {
      columns: faults.length > 0 ? [] : values.map(({ name }) => name),
      rows: this.rows,
      usable,
      blanks: [...this.#blanks].map(([column, people]) => ({ column, people })),
      columnFaults: faults,
      rowFaults: this.#shown,
      faultCounts: this.#counts,
    };
  }
}

/** Seals rows and writes them in pages. */
class PageWriter {
  readonly #parts: ListImporterParts;
  readonly #target: Target;
  #page: ListedRecipient[] = [];
  #pages = 0;
  #rows = 0;

  constructor(parts: ListImporterParts, target: Target) {
    this.#parts = parts;
    this.#target = target;
  }

  async add({ openid, values }: ReadRow): Promise<void> {
    const { accountId } = this.#target;
    const place = { accountId, openid, field: listField };
    const isBlank = Object.keys(values).length === 0;
    this.#page.push({
      openid,
      ...(!isBlank && { sealed: this.#parts.cipher.seal(JSON.stringify(values), place) }),
    });
    this.#rows += 1;
    if (this.#page.length === rowsPerPage) await this.#write();
  }

  /** @returns how many rows there are. */
  async finish(): Promise<number> {
    if (this.#page.length > 0) await this.#write();
    return this.#rows;
  }

  async #write(): Promise<void> {
    await this.#parts.lists.addRows(this.#target, this.#pages, this.#page);
    this.#pages += 1;
    this.#page = [];
  }
}
