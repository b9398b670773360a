import type { RecipientFacts } from '../../audience/audience-reader.js';
import type { ListColumns } from './list-columns.js';
import { listTexts } from './list-texts.js';
import type { TableRow } from './read-table.js';
import { listLimits, type RowFault, type RowFaultCode } from './recipient-list.js';

/** A row as it was read. */
export interface ReadRow {
  /** As the file counts. */
  row: number;
  openid: string;
  /** By column; only those that hold something. */
  values: Readonly<Record<string, string>>;
  faults: RowFault[];
}

/** Reads the rows of a file one after the other, and sees what is wrong with each by itself. */
export class ListRows {
  readonly #columns: ListColumns;
  /** Of every openid: in which row it stood first. */
  readonly #seen = new Map<string, number>();

  constructor(columns: ListColumns) {
    this.#columns = columns;
  }

  read(row: number, cells: TableRow): ReadRow {
    const openid = cells[this.#columns.openid] ?? '';
    const values: Record<string, string> = {};
    const faults: RowFault[] = [];
    const fault = this.#faultOf(row, openid);
    if (fault) faults.push(fault);
    for (const { at, name } of this.#columns.values) {
      const value = cells[at] ?? '';
      if (value === '') faults.push(faultAt(row, 'missing_value', name, listTexts.missingValue(name)));
      else if (value.length > listLimits.valueCharacters)
        faults.push(faultAt(row, 'value_too_long', name, listTexts.valueTooLong(name)));
      else values[name] = value;
    }
    return { row, openid, values, faults };
  }

  #faultOf(row: number, openid: string): RowFault | undefined {
    if (!openidForm.test(openid)) return faultAt(row, 'openid_malformed', null, listTexts.openidMalformed);
    const first = this.#seen.get(openid);
    if (first !== undefined) return faultAt(row, 'openid_repeated', null, listTexts.openidRepeated(first));
    this.#seen.set(openid, row);
    return undefined;
  }
}

/** What is wrong with a row by what is known of the citizen; undefined: nothing. */
export function faultOfCitizen(row: number, known: RecipientFacts | undefined): RowFault | undefined {
  if (!known) return faultAt(row, 'openid_unknown', null, listTexts.openidUnknown);
  if (known.subscribed === false) return faultAt(row, 'not_following', null, listTexts.notFollowing);
  return undefined;
}

/** Whether the row is in the list all the same. */
export function isUsable({ faults }: ReadRow): boolean {
  return faults.every(({ code }) => code === 'missing_value');
}

/** WeChat's own have 28 characters; documented is only that they are letters, digits, `-` and `_`. */
const openidForm = /^[\w-]{10,64}$/;

function faultAt(row: number, code: RowFaultCode, column: string | null, message: string): RowFault {
  return { row, code, column, message };
}
