import { once } from 'node:events';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { listUnreadable } from './list-errors.js';
import type { TableRow } from './read-table.js';

/**
 * What the thread does: reads the first sheet, then hands out its rows a page at a time, whenever it is asked. As a
 * text, because a thread could not load this program's sources where it runs from them.
 */
const program = `
const { parentPort, workerData } = require('node:worker_threads');
const { readSheet } = require(workerData.library);
readSheet(Buffer.from(workerData.bytes)).then((rows) => {
  const plain = (cell) => (cell instanceof Date ? { at: cell.getTime() } : cell);
  parentPort.on('message', (from) => {
    const page = rows.slice(from, from + workerData.pageRows);
    parentPort.postMessage(page.map((row) => row.map(plain)));
  });
  parentPort.postMessage([]);
});`;

const pageRows = 500;
const patienceMs = 60_000;
const minuteMs = 60_000;
/** Of the thread; what an honest file of the permitted size needs several times over. */
const heapMb = 768;
/** Unpacked. An archive can hold a thousand times its own size. */
const mostUnpackedBytes = 300 * 1_024 * 1_024;

const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null(), z.object({ at: z.number() })]);
const pageSchema = z.array(z.array(cellSchema));

/**
 * The rows of the first sheet of an xlsx file. Unpacking and reading take seconds for a large one, so another thread
 * does them.
 *
 * @throws UserError `list_unreadable`
 */
export async function* readSpreadsheet(file: Buffer): AsyncGenerator<TableRow> {
  if (unpackedBytes(file) > mostUnpackedBytes) throw listUnreadable();
  const library = createRequire(import.meta.url).resolve('read-excel-file/node');
  const bytes = new Uint8Array(file);
  const worker = new Worker(program, {
    eval: true,
    workerData: { library, bytes, pageRows },
    transferList: [bytes.buffer],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  // Where nobody waits for a page, the next one to be asked for does not come.
  worker.on('error', () => undefined);
  try {
    await nextPage(worker);
    for (let from = 0; ; from += pageRows) {
      worker.postMessage(from, []);
      const rows = await nextPage(worker);
      for (const row of rows) yield row.map(toText);
      if (rows.length < pageRows) return;
    }
  } finally {
    await worker.terminate();
  }
}

async function nextPage(worker: Worker) {
  try {
    const [page] = await once(worker, 'message', { signal: AbortSignal.timeout(patienceMs) });
    return pageSchema.parse(page);
  } catch (error) {
    throw listUnreadable(error);
  }
}

function toText(cell: z.output<typeof cellSchema>): string {
  if (cell === null) return '';
  return typeof cell === 'object' ? sayDate(cell.at) : String(cell).trim();
}

/** A date of Excel's has no time zone; the library gives it as if it were UTC, and a little off: it is a fraction. */
function sayDate(at: number): string {
  const date = new Date(Math.round(at / minuteMs) * minuteMs);
  const day = `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
  const time = date.toISOString().slice(11, 16);
  return time === '00:00' ? day : `${day} ${time}`;
}

/** By the archive's own directory ("ZIP File Format Specification", 4.3.12); Infinity: it has none. */
function unpackedBytes(file: Buffer): number {
  const end = file.lastIndexOf(endOfDirectory);
  if (end < 0 || end + 20 > file.length) return Infinity;
  let total = 0;
  let at = file.readUInt32LE(end + 16);
  while (at + 46 <= end && file.subarray(at, at + 4).equals(directoryEntry)) {
    total += file.readUInt32LE(at + 24);
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return total;
}

const endOfDirectory = Buffer.from('PK\x05\x06', 'latin1');
const directoryEntry = Buffer.from('PK\x01\x02', 'latin1');
