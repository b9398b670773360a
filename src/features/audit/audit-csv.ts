import { csvMark, toCsvLine } from '../../core/csv-line.js';
import { auditTexts } from './audit-texts.js';
import type { AuditEvent } from './audit-event.js';

/** The events as a table for a spreadsheet, line by line. Times are those of Asia/Shanghai. */
export async function* toCsv(events: AsyncIterable<AuditEvent>): AsyncGenerator<string> {
  yield csvMark + toCsvLine(auditTexts.columns);
  for await (const event of events) {
    yield toCsvLine([
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
