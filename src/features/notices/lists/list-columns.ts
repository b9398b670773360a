import { columnLetter } from '../../../core/column-letter.js';
import { listTexts } from './list-texts.js';
import type { TableRow } from './read-table.js';
import { listLimits, type ColumnFault } from './recipient-list.js';

/** What the headings of a file say. */
export interface ListColumns {
  /** Place of the openid; -1: there is none. */
  openid: number;
  /** Placeholders by their place. */
  values: readonly { at: number; name: string }[];
  faults: readonly ColumnFault[];
}

export function readColumns(headings: TableRow): ListColumns {
  const last = headings.findLastIndex((heading) => heading !== '');
  const named = headings.slice(0, last + 1);
  const openid = named.findIndex((heading) => openidHeading.test(heading));
  const values = named.map((name, at) => ({ at, name })).filter(({ at }) => at !== openid);
  const faults = values.flatMap(({ at, name }) => faultOf(at, name, named) ?? []);
  if (openid < 0) {
    faults.unshift({ code: 'no_openid_column', column: null, message: listTexts.noOpenidColumn });
  }
  if (named.length > listLimits.columns) {
    faults.push({ code: 'too_many_columns', column: null, message: listTexts.tooManyColumns });
  }
  return { openid, values, faults };
}

const openidHeading = /^open[ _-]?id$/i;

function faultOf(at: number, name: string, named: TableRow): ColumnFault | undefined {
  if (name === '') {
    const column = columnLetter(at);
    return { code: 'empty_heading', column, message: listTexts.emptyHeading(column) };
  }
  if (named.indexOf(name) < at || openidHeading.test(name)) {
    return { code: 'repeated_heading', column: name, message: listTexts.repeatedHeading(name) };
  }
  if (/[{}\\\r\n]/.test(name) || name.length > listLimits.headingCharacters) {
    return { code: 'bad_heading', column: name, message: listTexts.badHeading(name) };
  }
  return undefined;
}
