import type { TimedJobEntry } from '../../../api-types/jobs.js';
import { kindReportsSchema, type KindReportView } from '../../../api-types/retention.js';
import { formatDay } from '../../shared/format-time.js';
import { stateTags } from '../appointments/appointment-words.js';
import { sayMinutes } from '../../shared/say-minutes.js';

type Run = NonNullable<TimedJobEntry['lastRun']>;

/** What the figures of a report count. */
const figureNames: Readonly<Record<string, string>> = {
  accounts: '公众号',
  checked: '查询',
  day: '前一天的提醒',
  days: '核对的天数',
  differences: '不一致',
  displaced: '改约通知',
  erasures: '删完的申请',
  hours: '当天的提醒',
  lapsed: '过期',
  missed: '爽约',
  missing: '缺少的年份',
  notYet: '还没有账单的天数',
  offered: '让给候补',
  troubles: '没取到账单的天数',
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
  if (isDaily && /^\d+-\d+$/.test(hour) && /^\d+$/.test(minute))
    return `每天 ${hour.replace('-', '–')} 点，每小时的 ${minute} 分`;
  return when.cron;
}

/** What a run did: `过期 3，让给候补 1`; empty where there was nothing to do. */
export function sayReport({ report }: Pick<Run, 'report'>): string {
  const { kinds, ...figures } = report ?? {};
  if (kinds !== undefined) return sayDeleted(readKinds({ report }));
  return Object.entries(figures)
    .map(([key, value]) => [figureNames[key] ?? key, sayFigure(value)])
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name} ${text}`)
    .join('，');
}

/** What the purge found of each kind of personal data; empty for every other job. */
export function readKinds({ report }: Pick<Run, 'report'>): KindReportView[] {
  return kindReportsSchema.safeParse(report?.['kinds']).data ?? [];
}

/** `留言和纠错（保存 180 天）：存着 12 条，最早的是 2026-06-01 的`, and what went. */
export function sayKind({ kind, title, keeps, held, oldest, overdue, deleted }: KindReportView): string {
  const period = 'days' in keeps ? `保存 ${keeps.days} 天` : keeps.rule;
  const facts = [
    held === 0 ? '现在没有' : `存着 ${held} 条`,
    held > 0 && oldest !== null && `最早的是 ${formatDay(oldest)} 的`,
    ...Object.entries(deleted).map(
      ([what, count]) => what !== 'overdue' && count > 0 && `删了${sayWhat(kind, what)} ${count} 条`,
    ),
    overdue > 0 && `数据库没有按时删、这次补删了 ${overdue} 条，请联系开发人员`,
  ];
  return `${title}（${period}）：${facts.filter((fact) => fact !== false).join('，')}`;
}

function sayDeleted(kinds: readonly KindReportView[]): string {
  const deleted = kinds.flatMap((kind) => Object.values(kind.deleted)).reduce((sum, count) => sum + count, 0);
  const overdue = kinds.reduce((sum, kind) => sum + kind.overdue, 0);
  return [
    deleted === 0 ? '没有到期的' : `删除 ${deleted} 条`,
    ...(overdue > 0 ? [`其中 ${overdue} 条数据库没有按时删`] : []),
  ].join('，');
}

function sayWhat(kind: string, what: string): string {
  const tag =
    kind === 'appointments' ? Object.entries(stateTags).find(([state]) => state === what) : undefined;
  return tag ? `${tag[1].name}的` : '到期的';
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
