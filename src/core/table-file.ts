import { strToU8, Zip, ZipDeflate } from 'fflate';
import { createBreather } from './breather.js';
import { columnLetter } from './column-letter.js';
import { csvMark, toCsvLine } from './csv-line.js';

type Rows = AsyncIterable<readonly string[]>;

export const tableTypes = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** Letters that are gathered before they are handed on. */
const chunkLetters = 64 * 1_024;

/** A table as a CSV file, as its rows come. */
export async function* toCsv(columns: readonly string[], rows: Rows): AsyncGenerator<string> {
  let text = csvMark + toCsvLine(columns);
  for await (const row of rows) {
    text += toCsvLine(row);
    if (text.length < chunkLetters) continue;
    yield text;
    text = '';
  }
  yield text;
}

/**
 * A table as an Excel file, as its rows come: never all of them in memory. All cells are texts, so that none becomes a
 * formula. (ECMA-376, Office Open XML: the five parts that a workbook of one sheet needs.)
 *
 * @param sheet what the sheet is called, at most 31 characters.
 */
export async function* toXlsx(
  sheet: string,
  columns: readonly string[],
  rows: Rows,
): AsyncGenerator<Uint8Array> {
  const done: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    done.push(chunk);
  });
  for (const [name, text] of partsOf(sheet)) {
    const part = new ZipDeflate(name);
    zip.add(part);
    part.push(strToU8(text), true);
  }
  const table = new ZipDeflate('xl/worksheets/sheet1.xml');
  zip.add(table);
  let text = sheetBegin + toXmlRow(columns, 1);
  let number = 1;
  const breathe = createBreather();
  for await (const row of rows) {
    number += 1;
    text += toXmlRow(row, number);
    if (text.length < chunkLetters) continue;
    table.push(strToU8(text));
    text = '';
    yield* done.splice(0);
    await breathe();
  }
  table.push(strToU8(text + sheetEnd), true);
  zip.end();
  yield* done.splice(0);
}

/** @param number 1, 2, 3 …: where the row stands. */
function toXmlRow(cells: readonly string[], number: number): string {
  const written = cells.map(
    (cell, at) =>
      `<c r="${columnLetter(at)}${number}" t="inlineStr"><is><t xml:space="preserve">${escape(cell)}</t></is></c>`,
  );
  return `<row r="${number}">${written.join('')}</row>`;
}

/** Characters that XML does not allow are left out. */
function escape(text: string): string {
  return text
    .replaceAll(/[\u0000-\u0008\v\f\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const office = 'http://schemas.openxmlformats.org';
const sheetBegin = `${xml}<worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
const sheetEnd = '</sheetData></worksheet>';

function partsOf(sheet: string): (readonly [name: string, text: string])[] {
  return [
    [
      '[Content_Types].xml',
      `${xml}<Types xmlns="${office}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `${xml}<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${xml}<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${office}/officeDocument/2006/relationships"><sheets><sheet name="${escape(sheet)}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${xml}<Relationships xmlns="${office}/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ],
  ];
}
