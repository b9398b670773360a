import { describe, expect, it } from '@jest/globals';
import { parseDay } from '../../../src/dialog/forms/parse-day.js';
import { understandAnswer } from '../../../src/dialog/forms/understand-answer.js';
import { textInput } from '../../support/builders.js';
import { buildStep } from '../../support/form-builder.js';

/** A Wednesday. */
const today = '2026-03-04';

describe('a day', () => {
  it.each([
    ['2026-03-05', '2026-03-05'],
    ['2026/3/5', '2026-03-05'],
    ['2026.3.5', '2026-03-05'],
    ['20260305', '2026-03-05'],
    ['２０２６年３月５日', '2026-03-05'],
    ['2026年3月5号', '2026-03-05'],
    ['二〇二六年三月五日', '2026-03-05'],
    ['3月5日', '2026-03-05'],
    ['3月3日', '2027-03-03'],
    ['十二月二十五号', '2026-12-25'],
    ['12-25', '2026-12-25'],
    ['去年12月25日', '2025-12-25'],
    ['明年3月3日', '2027-03-03'],
    ['5号', '2026-03-05'],
    ['3号', '2026-04-03'],
    ['31号', '2026-03-31'],
    ['下个月5号', '2026-04-05'],
    ['上个月5号', '2026-02-05'],
    ['今天', '2026-03-04'],
    ['明天', '2026-03-05'],
    ['后天吧', '2026-03-06'],
    ['我想约明天上午', '2026-03-05'],
    ['大后天', '2026-03-07'],
    ['昨天', '2026-03-03'],
    ['三天后', '2026-03-07'],
    ['两周后', '2026-03-18'],
    ['周三', '2026-03-04'],
    ['周二', '2026-03-10'],
    ['这周二', '2026-03-03'],
    ['下周三', '2026-03-11'],
    ['下个星期天', '2026-03-15'],
    ['上周一', '2026-02-23'],
    ['下下周五', '2026-03-20'],
    ['礼拜日', '2026-03-08'],
  ])('%s is %s', (text, day) => {
    expect(parseDay(text, today)?.[0]).toBe(day);
  });

  it.each(['随便', '周八', '3', '13812345678', '', '3月', '2026年'])('%s names none', (text) => {
    expect(parseDay(text, today)).toBeNull();
  });

  it.each(['2026-02-29', '2月30日', '2026年13月1日', '20261301'])('%s is not in the calendar', (text) => {
    expect(parseDay(text, today)).toEqual([]);
  });
});

describe('a day that is asked for', () => {
  const now = Date.parse('2026-03-04T23:30:00+08:00');
  const ask = (step: { earliest?: string | number; latest?: string | number }, text: string) =>
    understandAnswer(buildStep({ type: 'date', ...step }), textInput(text), now);

  it('is counted from today in Shanghai, not from today in Greenwich', () => {
    expect(ask({}, '今天')).toEqual({ answer: '2026-03-04' });
    expect(understandAnswer(buildStep({ type: 'date' }), textInput('今天'), now + 3_600_000)).toEqual({
      answer: '2026-03-05',
    });
  });

  it('is the one within the limits, where the text may mean several', () => {
    expect(ask({ latest: 0 }, '12月25日')).toEqual({ answer: '2025-12-25' });
    expect(ask({ latest: 0 }, '周二')).toEqual({ answer: '2026-03-03' });
    expect(ask({ earliest: 0 }, '周二')).toEqual({ answer: '2026-03-10' });
  });

  it.each([
    [{ earliest: 1, latest: 7 }, '今天', '请填 2026-03-05 到 2026-03-11 之间的日期。'],
    [{ earliest: '2026-04-01' }, '明天', '请填 2026-04-01 或以后的日期。'],
    [{ latest: 0 }, '明天', '请填 2026-03-04 或以前的日期。'],
    [{}, '2026-02-30', '日历上没有这一天，请再看一下。'],
    [{}, '改天', '没看懂这个日期，请这样写：2026-03-05、3月5日、明天、下周三。'],
  ])('under %j is not %s', (limits, text, fault) => {
    expect(ask(limits, text)).toEqual({ fault });
  });
});
