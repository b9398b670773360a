import { afterEach, describe, expect, it } from '@jest/globals';
import { noteServerTime, serverNow } from '../../../src/web/shared/server-clock.js';

const noon = Date.parse('2026-03-04T04:00:00Z');
const dayMs = 86_400_000;

afterEach(() => noteServerTime(new Date(noon).toUTCString(), noon + 500));

describe('the time by the server', () => {
  it('is told on a phone that is set a day ahead, or a day behind', () => {
    for (const wrongMs of [dayMs, -dayMs]) {
      noteServerTime(new Date(noon).toUTCString(), noon + wrongMs);
      const later = serverNow(noon + wrongMs + 60_000);
      expect(Math.abs(later - (noon + 60_000))).toBeLessThanOrEqual(500);
    }
  });

  it('stays as it was where an answer does not say the time', () => {
    noteServerTime(new Date(noon).toUTCString(), noon + dayMs);
    const before = serverNow(noon + dayMs);
    noteServerTime(null, noon);
    noteServerTime('soon', noon);
    expect(serverNow(noon + dayMs)).toBe(before);
  });
});
