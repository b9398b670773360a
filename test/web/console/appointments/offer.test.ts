import { describe, expect, it } from '@jest/globals';
import { ApiError } from '../../../../src/web/shared/api-error.js';
import { sayMinutes } from '../../../../src/web/shared/say-minutes.js';
import {
  describeService,
  sayWeekdays,
} from '../../../../src/web/console/appointments/offer/describe-offer.js';
import { compareFacts } from '../../../../src/web/console/shared/compare-facts.js';
import { readOfferConflict } from '../../../../src/web/console/appointments/offer/offer-conflict.js';
import {
  newService,
  readService,
  writeSchedule,
  writeService,
} from '../../../../src/web/console/appointments/offer/offer-forms.js';
import { sayPlacesOfDay, sayRests } from '../../../../src/web/console/appointments/offer/places-of-day.js';

const usual = {
  periods: [
    { from: '08:30', to: '12:00' },
    { from: '14:30', to: '18:00' },
  ],
  slotMinutes: 30,
  counters: ['1号窗口', '2号窗口', '3号窗口'],
  perCounter: 2,
};
const service = { ...newService(), name: '身份证' };

describe('a schedule', () => {
  it('says how many places a day has', () => {
    expect(sayPlacesOfDay(usual)).toBe('每个时段 30 分钟，3 个窗口，每天共 84 个号');
    expect(sayRests(usual)).toEqual([]);
  });

  it('says what of its hours is too short for a slot', () => {
    const short = { ...usual, periods: [{ from: '09:00', to: '10:40' }] };
    expect(sayPlacesOfDay(short)).toContain('每天共 18 个号');
    expect(sayRests(short)).toEqual(['09:00–10:40 的最后 10 分钟不够一个时段，不放号']);
  });

  it('has no places while its end is typed before its beginning', () => {
    expect(sayPlacesOfDay({ ...usual, periods: [{ from: '12:00', to: '09:00' }] })).toContain('共 0 个号');
  });

  it('is saved without blank counters, its weekdays in order', () => {
    const form = { ...usual, service: 'a', venue: 'b', weekdays: [5, 1], counters: [' 1号窗口 ', ''] };
    expect(writeSchedule(form)).toMatchObject({ weekdays: [1, 5], counters: ['1号窗口'] });
  });

  it.each([
    [[1, 2, 3, 4, 5], '周一至周五'],
    [[3, 1], '周一、周三'],
    [[6, 7], '周六、周日'],
    [[1, 2, 3, 4, 5, 6, 7], '周一至周日'],
  ])('on %j is given %s', (weekdays, words) => expect(sayWeekdays(weekdays)).toBe(words));
});

describe('a service', () => {
  it('that was typed is read back as it was, with its guide or without', () => {
    for (const guide of ['', 'id-card']) {
      const form = { ...service, guide };
      expect(readService(writeService(form))).toEqual(form);
    }
  });

  it('gets an id that nobody has to think of', () => {
    expect(newService().id).toMatch(/^service-[0-9a-f]{8}$/);
    expect(newService().id).not.toBe(newService().id);
  });
});

describe('a conflict', () => {
  const details = {
    updatedBy: '小李',
    updatedAt: '2026-11-23T01:00:00.000Z',
    version: 3,
    theirs: writeService(service),
  };

  it('names who was faster, and the settings in which the two differ', () => {
    const conflict = readOfferConflict(new ApiError(409, 'version_conflict', '…', details));
    expect(conflict).toMatchObject({ by: '小李', version: 3 });
    const mine = describeService(writeService({ ...service, isPaused: true, leadMinutes: 1_440 }));
    expect(compareFacts(mine, describeService(writeService(readService(conflict?.theirs))))).toEqual([
      { name: '截止预约', mine: '开始前 1 天', theirs: '开始前 1 小时' },
      { name: '状态', mine: '暂停预约', theirs: '开放预约' },
    ]);
  });

  it('is none where it was removed, or refused for something else', () => {
    expect(readOfferConflict(new ApiError(409, 'version_conflict', '…'))).toBeUndefined();
    expect(readOfferConflict(new ApiError(409, 'service_in_use', '…', details))).toBeUndefined();
  });
});

describe('minutes', () => {
  it.each([
    [0, '0 分钟'],
    [90, '90 分钟'],
    [120, '2 小时'],
    [2_880, '2 天'],
  ])('%i is %s', (minutes, words) => expect(sayMinutes(minutes)).toBe(words));
});
