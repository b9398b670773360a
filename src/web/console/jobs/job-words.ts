import type { TimedJobEntry } from '../../../api-types/jobs.js';
import { stateTags } from '../appointments/appointment-words.js';
import { sayMinutes } from '../../shared/say-minutes.js';

type Run = NonNullable<TimedJobEntry['lastRun']>;

/** What the figures of a report count. */
const figureNames: Readonly<Record<string, string>> = {
  accounts: '公众号',
  day: '前一天的提醒',
  differences: '不一致',
  displaced: '改约通知',
  hours: '当天的提醒',
  lapsed: '过期',
  missed: '爽约',
  missing: '缺少的年份',
  notices: '通知',
  offered: '让给候补',
  // What the purge deletes, by state.
  ...Object.fromEntries(
    Object.entries(stateTags).map(([state, { name }]) => [`appointments-${state}`, `${name}的预约`]),
  ),
};

/** `每 5 分钟`, `每天 03:10`; a rule of another shape as it is written. */
export function sayWhen(when: TimedJobEntry['when']): string {
  if ('everyMs' in when)
    return when.everyMs < 60_000
      ? `每 ${when.everyMs / 1_000} 秒`
      : `每 ${sayMinutes(when.everyMs / 60_000)}`;
  const [minute = '', hour = '', ...days] = when.cron.split(' ');
  const isDaily = days.every((part) => part === '*');
  const step = /^\*(?:\/(\d+))?$/.exec(minute);
  if (isDaily && hour === '*' && step) return step[1] === undefined ? '每分钟' : `每 ${step[1]} 分钟`;
  if (isDaily && /^\d+$/.test(hour) && /^\d+$/.test(minute))
    return `每天 ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  return when.cron;
}

/** What a run did: `过期 3，让给候补 1`; empty where there was nothing to do. */
export function sayReport({ report }: Pick<Run, 'report'>): string {
  return Object.entries(report ?? {})
    .map(([key, value]) => [figureNames[key] ?? key, sayFigure(value)])
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name} ${text}`)
    .join('，');
}

/** How long a run took: `0.3 秒`. */
export function sayDuration({ startedAt, endedAt }: Pick<Run, 'startedAt' | 'endedAt'>): string {
  if (endedAt === null) return '';
  return `${Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 100) / 10} 秒`;
}

/** Empty for nothing. */
function sayFigure(value: unknown): string {
  if (Array.isArray(value)) return value.map(sayFigure).join('、');
  if (typeof value === 'number') return value === 0 ? '' : String(value);
  return typeof value === 'string' ? value : '';
}
