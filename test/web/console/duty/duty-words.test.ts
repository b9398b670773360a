import { expect, it } from '@jest/globals';
import type { DutyAlertView } from '../../../../src/api-types/duty.js';
import { sayHistory } from '../../../../src/web/console/duty/duty-words.js';

const at = '2026-11-22T01:00:00.000Z';
const by = { staffId: 'li', name: '小李' };
const alert: DutyAlertView = {
  id: 'a',
  openid: 'o',
  kind: '火灾',
  word: '着火',
  text: '着火了',
  sentAt: at,
  at,
  state: 'open',
  seen: null,
  closed: null,
};

it('the history of an alert has a line for each step', () => {
  expect(sayHistory(alert)).toEqual([]);
  expect(sayHistory({ ...alert, seen: { by, at }, closed: { by, at, note: '已转 119' } })).toEqual([
    '小李 2026-11-22 09:00 接手',
    '小李 2026-11-22 09:00 办结：已转 119',
  ]);
});
