import { auditTexts } from './audit-texts.js';
import type { AuditEvent } from './audit-event.js';

/** Excel takes a file without it for one in the machine's own encoding. */
const byteOrderMark = '\uFEFF';

/** The events as a table for a spreadsheet, line by line. Times are those of Asia/Shanghai. */
export async function* toCsv(events: AsyncIterable<AuditEvent>): AsyncGenerator<string> {
  yield byteOrderMark + toLine(auditTexts.columns);
  for await (const event of events) {
    yield toLine([
      String(event.seq),
      shanghaiTime.format(event.at),
      event.by.name,
      event.by.staffId,
      event.action,
      event.object.kind,
      event.object.id,
      JSON.stringify(event.changes),
      event.reason ?? '',
      event.from.address,
      event.from.agent,
      event.hash,
    ]);
  }
}

const shanghaiTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});

function toLine(cells: readonly string[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

/** RFC 4180; and a cell that a spreadsheet would take for a formula becomes text. */
function toCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
