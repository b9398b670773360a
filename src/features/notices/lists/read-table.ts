import { readCsv } from './read-csv.js';
import { readSpreadsheet } from './read-spreadsheet.js';

/** A row of a file, cell by cell, as text without spaces around it. */
export type TableRow = readonly string[];

/** The rows of an Excel or CSV file, whichever it is, the first with the headings. @throws UserError `list_unreadable` */
export function readTable(bytes: Buffer): AsyncIterable<TableRow> {
  return isZip(bytes) ? readSpreadsheet(bytes) : readCsv(bytes);
}

/** An xlsx file is a zip archive. */
function isZip(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'));
}
