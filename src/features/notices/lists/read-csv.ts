import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import { listUnreadable } from './list-errors.js';
import type { TableRow } from './read-table.js';

const recordSchema = z.array(z.string());
const chunkBytes = 16 * 1_024;
/** Longer than any row that could be meant; a quotation mark that is never closed would take in the whole file. */
const rowCharacters = 100_000;

/**
 * The rows of a CSV file: UTF-8 with or without its mark, UTF-16 with its mark, or else GB 18030, as Excel writes in
 * China; cells parted by comma, semicolon or tab.
 *
 * @throws UserError `list_unreadable`
 */
export async function* readCsv(bytes: Buffer): AsyncGenerator<TableRow> {
  const texts = decode(bytes);
  const parser = parse({
    delimiter: delimiterOf(texts.next().value ?? ''),
    relax_column_count: true,
    trim: true,
    max_record_size: rowCharacters,
  });
  const source = Readable.from(decode(bytes));
  source.pipe(parser);
  try {
    for await (const record of parser) yield recordSchema.parse(record);
  } catch (error) {
    throw error instanceof CsvError ? listUnreadable(error) : error;
  } finally {
    source.destroy();
  }
}

/** Piece by piece. A byte order mark is left out by the decoder. */
function* decode(bytes: Buffer): Generator<string, undefined> {
  const decoder = new TextDecoder(encodingOf(bytes));
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    yield decoder.decode(bytes.subarray(from, from + chunkBytes), { stream: true });
  }
  yield decoder.decode();
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'gb18030';
}

/** What stands most often between the headings. */
function delimiterOf(text: string): string {
  const [line = ''] = text.split(/[\r\n]/, 1);
  const headings = line.replaceAll(/"[^"]*"/g, '');
  const countOf = (mark: string) => headings.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (countOf(mark) > countOf(best) ? mark : best));
}
