import type { BenchOutcome, Figures } from './bench-definition.js';
import type { Measured } from './measure-targets.js';
import { formatTable, formatVerdicts, megabytes, whole, type Verdict } from './report.js';

export type Mode = 'plain' | 'safe';

export interface ModeResult {
  mode: Mode;
  measured: ReadonlyMap<string, Measured>;
  /** Documents that each storing server left, to be held against the messages that it acknowledged. */
  stored: Readonly<Record<string, number>>;
  /** Which step of the dialog decided how often. */
  decisions: ReadonlyArray<{ value: string; count: number }>;
  /** Resident bytes of Suishen at the end. */
  rss: number;
}

const titles = new Map([
  ['bare_koa', 'bare Koa: body read, nothing checked'],
  ['co_wechat', 'co-wechat: echo, nothing stored'],
  ['node_webot', 'wechat (node-webot): echo, nothing stored'],
  ['co_wechat_insert', 'co-wechat: echo, one awaited majority insert'],
  ['suishen', 'Suishen: dialog, every answer durable'],
]);

const goals = { shareOfEcho: 0.7, timesInsert: 2, p99Ms: 50 };

/** Beyond this share of a core the client may be what is measured. */
const clientCpuLimit = 0.9;

/** Prints what was measured, with the goals beside it, and returns it as figures. */
export function reportWebhook(results: readonly ModeResult[], say: (line: string) => void): BenchOutcome {
  const figures: Figures = {};
  let faulty = false;
  for (const result of results) {
    const faults = faultsOf(result);
    faulty ||= faults.length > 0;
    Object.assign(figures, figuresOf(result));
    say(`\nwebhook, ${result.mode} mode`);
    say(tableOf(result));
    say(`\n${formatVerdicts(verdictsOf(result))}`);
    say(`  decided by: ${decisionsOf(result)}`);
    for (const fault of faults) say(`✗ ${fault}`);
  }
  say(
    '\nanswers/s: capacity, the median of the rounds. p50 … p99.9: open loop at half of it, from when each was due.',
  );
  return { figures, faulty };
}

function tableOf({ measured }: ModeResult): string {
  const rows = [...measured].map(([name, figures]) => [
    titles.get(name) ?? name,
    whole(figures.perSecond),
    `${whole(Math.min(...figures.perSecondByRound))}–${whole(Math.max(...figures.perSecondByRound))}`,
    whole(figures.cpuMicros),
    figures.p50.toFixed(1),
    figures.p99.toFixed(1),
    figures.p999.toFixed(1),
    whole(figures.acknowledged),
    whole(figures.checked),
  ]);
  return formatTable(
    ['', 'answers/s', 'rounds', 'CPU µs', 'p50 ms', 'p99 ms', 'p99.9 ms', 'acknowledged', 'read in full'],
    rows,
  );
}

function verdictsOf(result: ModeResult): Verdict[] {
  const { shareOfEcho, timesInsert } = ratiosOf(result);
  const suishen = of(result, 'suishen');
  const stored = result.stored['suishen'] ?? 0;
  return [
    {
      what: 'durable answers, share of co-wechat’s bare echo',
      measured: `${whole(shareOfEcho * 100)} %`,
      goal: `≥ ${goals.shareOfEcho * 100} %, aim 100 %`,
      met: shareOfEcho >= goals.shareOfEcho,
    },
    {
      what: 'durable answers, times co-wechat with one awaited insert',
      measured: `${timesInsert.toFixed(1)} ×`,
      goal: `≥ ${goals.timesInsert} ×`,
      met: timesInsert >= goals.timesInsert,
    },
    {
      what: `p99 at ${whole(suishen.pacedPerSecond)} messages/s`,
      measured: `${suishen.p99.toFixed(1)} ms`,
      goal: `< ${goals.p99Ms} ms`,
      met: suishen.p99 < goals.p99Ms,
    },
    {
      what: 'exchanges in the journal, for the messages acknowledged',
      measured: whole(stored),
      goal: whole(suishen.acknowledged),
      met: isDurable(suishen, stored),
    },
  ];
}

/** Wrong or missing answers, lost messages, and whatever else makes the numbers meaningless. */
function faultsOf(result: ModeResult): string[] {
  const faults: string[] = [];
  for (const [name, measured] of result.measured) {
    for (const [fault, times] of Object.entries(measured.faults))
      faults.push(`${name}: ${fault}, ${times} times`);
    if (measured.clientCpu > clientCpuLimit) faults.push(`${name}: the client was the bottleneck`);
    const stored = result.stored[name];
    if (stored !== undefined && !isDurable(measured, stored)) {
      faults.push(
        `${name}: ${stored} stored, ${measured.acknowledged} acknowledged of ${measured.sent} sent`,
      );
    }
  }
  return faults;
}

/** A message without an answer may have been stored all the same. */
function isDurable(measured: Measured, stored: number): boolean {
  return stored >= measured.acknowledged && stored <= measured.sent;
}

function figuresOf(result: ModeResult): Figures {
  const { mode, measured, stored, rss } = result;
  const { shareOfEcho, timesInsert } = ratiosOf(result);
  const figures: Figures = {};
  for (const [name, { perSecond, cpuMicros, p50, p99, p999 }] of measured) {
    figures[`${mode}_${name}_per_second`] = round(perSecond);
    figures[`${mode}_${name}_cpu_micros`] = round(cpuMicros);
    figures[`${mode}_${name}_p50_ms`] = round(p50);
    figures[`${mode}_${name}_p99_ms`] = round(p99);
    figures[`${mode}_${name}_p999_ms`] = round(p999);
  }
  figures[`${mode}_share_of_co_wechat`] = round(shareOfEcho);
  figures[`${mode}_times_co_wechat_insert`] = round(timesInsert);
  figures[`${mode}_acknowledged`] = of(result, 'suishen').acknowledged;
  figures[`${mode}_stored`] = stored['suishen'] ?? 0;
  figures[`${mode}_rss_mb`] = round(megabytes(rss));
  return figures;
}

function ratiosOf(result: ModeResult): { shareOfEcho: number; timesInsert: number } {
  const { perSecond } = of(result, 'suishen');
  return {
    shareOfEcho: perSecond / of(result, 'co_wechat').perSecond,
    timesInsert: perSecond / of(result, 'co_wechat_insert').perSecond,
  };
}

function decisionsOf({ decisions }: ModeResult): string {
  const all = decisions.reduce((sum, { count }) => sum + count, 0);
  return decisions.map(({ value, count }) => `${value} ${whole((count * 100) / all)} %`).join(', ');
}

function of({ measured }: ModeResult, name: string): Measured {
  const found = measured.get(name);
  if (found === undefined) throw new TypeError(`${name} was not measured`);
  return found;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
