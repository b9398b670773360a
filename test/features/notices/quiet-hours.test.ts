import { describe, expect, it } from '@jest/globals';
import { quietUntil } from '../../../src/features/notices/quiet-hours.js';

const night = { from: '22:00', to: '07:30' };
const noon = { from: '12:00', to: '14:00' };
const at = (time: string) => new Date(`2026-11-22T${time}:00+08:00`);

describe('quiet hours', () => {
  it.each([
    [night, '21:59', null],
    [night, '22:00', '2026-11-23T07:30:00+08:00'],
    [night, '00:10', '2026-11-22T07:30:00+08:00'],
    [night, '07:30', null],
    [noon, '13:59', '2026-11-22T14:00:00+08:00'],
    [noon, '14:00', null],
    [{ from: '08:00', to: '08:00' }, '08:00', null],
    [null, '03:00', null],
  ])('of %j hold at %s until %s', (hours, time, until) => {
    expect(quietUntil(hours, at(time))).toEqual(until === null ? null : new Date(until));
  });
});
