import type { Cell } from 'write-excel-file/node';
import { timeOfDay } from '../../../core/business-day.js';
import type { OfferNames } from '../offer/stored-offer.js';
import type { AppointmentRecord, DayList } from './appointment-records.js';
import { counterTexts } from './counter-texts.js';
import type { Figure } from './figures.js';

export const spreadsheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The day list as an Excel file, everybody masked; who waits comes last. */
export function writeDayList(list: DayList, names: OfferNames): Promise<Uint8Array> {
  const standing = list.slots.flatMap(({ slot, records }) =>
    records.map((record) => dayRow(timesOf(slot), record, names)),
  );
  const waiting = list.waiting.map((record) => dayRow(counterTexts.waiting, record, names));
  return write(counterTexts.dayColumns, [...standing, ...waiting]);
}

export function writeFigures(figures: readonly Figure[], names: OfferNames): Promise<Uint8Array> {
  const rows = figures.map((figure) => [
    figure.day,
    names.service(figure.service),
    names.venue(figure.venue),
    figure.places,
    figure.booked,
    figure.arrived,
    figure.missed,
    figure.cancelled,
    figure.utilisation,
    figure.noShow,
  ]);
  return write(counterTexts.figuresColumns, rows);
}

type Value = string | number | null;

function dayRow(times: string, { appointment, person }: AppointmentRecord, names: OfferNames): Value[] {
  const { service, venue, state, arrivedAt, override, endedBecause, isExcused } = appointment;
  const notes = [
    override && counterTexts.override(override.reason),
    endedBecause,
    isExcused && counterTexts.excused,
  ].filter((note) => typeof note === 'string');
  return [
    times,
    names.service(service),
    names.venue(venue),
    counterTexts.states[state],
    person?.name ?? null,
    person?.idNumber ?? null,
    person?.phone ?? null,
    arrivedAt ? timeOfDay(arrivedAt.getTime()) : null,
    notes.join('；'),
  ];
}

function timesOf({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): string {
  return `${timeOfDay(startsAt.getTime())}–${timeOfDay(endsAt.getTime())}`;
}

async function write(columns: readonly string[], rows: readonly Value[][]): Promise<Uint8Array> {
  // A node that answers citizens never needs it.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const head = columns.map((value): Cell => ({ value, type: String, fontWeight: 'bold' }));
  const widths = columns.map((title) => ({ width: Math.max(12, title.length * 2 + 2) }));
  return writeXlsxFile([head, ...rows.map((row) => row.map(toCell))], {
    columns: widths,
    stickyRowsCount: 1,
  }).toBuffer();
}

/** Typed, so that a name which begins with `=` is a text and never a formula. */
function toCell(value: Value): Cell {
  if (value === null) return null;
  return typeof value === 'number' ? { value, type: Number } : { value, type: String };
}
