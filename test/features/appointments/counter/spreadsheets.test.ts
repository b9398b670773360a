import { describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import type { Appointment } from '../../../../src/features/appointments/appointment.js';
import { writeDayList, writeFigures } from '../../../../src/features/appointments/counter/spreadsheets.js';
import type { Slot } from '../../../../src/features/appointments/slot.js';

const names = { service: (id: string) => `事项${id}`, venue: (id: string) => `大厅${id}` };
const at = new Date('2026-11-23T01:00:00Z');
const ending = new Date('2026-11-23T01:30:00Z');
const of = { accountId: 'demo', service: 'a', venue: 'b', day: '2026-11-23' };
const slot: Slot = {
  ...of,
  slotId: 's',
  startsAt: at,
  endsAt: ending,
  capacity: 1,
  taken: 1,
  bookableFrom: at,
  bookableUntil: at,
  closed: null,
};
const appointment: Appointment = {
  ...of,
  appointmentId: 'x',
  openid: '',
  state: 'arrived',
  slotId: 's',
  arrivedAt: at,
  code: '12345678',
  movedFrom: [],
  override: { by: { staffId: 'li', name: '小李' }, reason: '=cmd()' },
  createdAt: at,
  changedAt: at,
  expiresAt: at,
};
const person = { name: '=HYPERLINK("http://example.com")', idNumber: '441***1234', phone: '138****0000' };

/** All that stands in the file, mark-up and all. */
function read(file: Uint8Array): string {
  return Object.values(unzipSync(file))
    .map((part) => strFromU8(part))
    .join('\n');
}

describe('the day list for Excel', () => {
  it('names who comes and when, in Shanghai, and keeps the code to the citizen', async () => {
    const records = [{ appointment, person }];
    const text = read(await writeDayList({ slots: [{ slot, records }], waiting: [] }, names));
    for (const part of ['09:00–09:30', '事项a', '大厅b', '已签到', '441***1234', '窗口加约'])
      expect(text).toContain(part);
    expect(text).not.toContain('12345678');
  });

  it('takes nothing for a formula that a citizen or a clerk wrote', async () => {
    const records = [{ appointment, person }];
    const text = read(await writeDayList({ slots: [], waiting: records }, names));
    expect(text).toContain('=HYPERLINK');
    expect(text).not.toMatch(/<f[ >]/);
  });
});

describe('the figures for Excel', () => {
  it('are numbers, and empty where there is none', async () => {
    const figure = { day: of.day, service: 'a', venue: 'b', places: 3, booked: 2, arrived: 1, missed: 1 };
    const text = read(
      await writeFigures([{ ...figure, cancelled: 0, utilisation: 66.7, noShow: null }], names),
    );
    expect(text).toMatch(/<v>66\.7<\/v>/);
    expect(text).toContain('利用率');
  });
});
