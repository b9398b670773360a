import { describe, expect, it } from '@jest/globals';
import {
  layOutYear,
  putSpecial,
  sayKind,
} from '../../../../src/web/console/appointments/calendar/year-grid.js';

const nationalDay = { day: '2026-10-01', kind: 'holiday', name: '国庆节' } as const;
const makeUpDay = { day: '2026-10-10', kind: 'workday', name: '国庆节' } as const;
const closure = { venue: 'hall-a', day: '2026-10-09', reason: '系统升级' };

describe('a year', () => {
  const months = layOutYear(2026, [nationalDay, makeUpDay], [closure]);

  it('has all its days, each month beginning on its weekday', () => {
    expect(months.flatMap(({ days }) => days)).toHaveLength(365);
    expect(layOutYear(2028, [], [])[1]?.days).toHaveLength(29);
    // 1 January 2026 is a Thursday, 1 June a Monday.
    expect([months[0]?.blanks, months[5]?.blanks]).toEqual([3, 0]);
  });

  it('says of a day why it is worked or not', () => {
    const october = months[9]?.days ?? [];
    expect([0, 2, 4, 9].map((index) => sayKind(october[index]!))).toEqual([
      '国庆节放假',
      '周末',
      '工作日',
      '国庆节补班',
    ]);
    expect(october[8]?.closures).toEqual([closure]);
  });
});

describe('a special day', () => {
  it('is put in its place, replaced, and taken away', () => {
    const added = putSpecial([makeUpDay], '2026-10-01', { kind: 'holiday', name: '国庆节' });
    expect(added).toEqual([nationalDay, makeUpDay]);
    const replaced = putSpecial(added, '2026-10-01', { kind: 'holiday', name: '国庆' });
    expect(replaced.map(({ name }) => name)).toEqual(['国庆', '国庆节']);
    expect(putSpecial(replaced, '2026-10-01', null)).toEqual([makeUpDay]);
  });
});
