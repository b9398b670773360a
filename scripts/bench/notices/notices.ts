import { setTimeout as sleep } from 'node:timers/promises';
import type { MisbehaviourInput } from '../../../src/api-types/sandbox.js';
import type { Notice, NoticeChannel } from '../../../src/features/notices/notice.js';
import type { DeliveryCount } from '../../../src/features/notices/delivery-store.js';
import { benchAccount } from '../bench-account.js';
import type { Bench, BenchOptions, BenchOutcome, Figures } from '../bench-definition.js';
import { describeMachine, formatVerdicts, megabytes, whole, type Verdict } from '../report.js';
import { startBenchDatabase, type BenchDatabase } from '../servers/bench-database.js';
import { measureBareCalls } from './bare-calls.js';
import { openNoticeOffice, rowsOf, type NoticeOffice } from './notice-office.js';
import { startPlatformProcess, type PlatformProcess } from './platform-process.js';

const account = benchAccount('plain');
const templatePath = '/cgi-bin/message/template/send';
/** As many as the city account had that told of the earthquake. */
const followers = 130_000;
const bareCalls = 30_000;
/** About a minute at 300/s. */
const limitedRows = 18_000;
const limit: Partial<MisbehaviourInput> = {
  rates: [{ endpoint: templatePath, shape: { kind: 'sine', from: 200, to: 400, periodMs: 20_000 } }],
  latencies: [{ endpoint: templatePath, ms: 50 }],
};

const goals = { personalSeconds: 60, allowance: 0.95, refusals: 0.01, massSeconds: 5 } as const;

/** One notice to `rows` followers, by the engine in this process, the platform in another and a mongod. */
interface Run {
  office: NoticeOffice;
  platform: PlatformProcess;
  notice: Notice;
  preparedSeconds: number;
  /** From the approver's click until nothing of it was left to do. */
  seconds: number;
  /** Of this process, at most. Bytes. */
  memory: number;
  counts: DeliveryCount[];
}

/**
 * 130,000 notices by template messages as fast as they go, beside bare calls of the same client; then under a limit
 * that the platform does not announce and that varies; then by mass. The platform is the sandbox in a process of its
 * own, the database a real mongod: three programs share the machine.
 */
export const noticesBench: Bench = {
  name: 'notices',
  summary: '130,000 notices with a durable record each, under a limit, and by mass',
  run,
};

async function run({ say }: BenchOptions): Promise<BenchOutcome> {
  const database = await startBenchDatabase(say);
  try {
    say(await describeMachine(database));
    const parts = [
      await measurePersonal(database, say),
      await measureLimited(database, say),
      await measureMass(database, say),
    ];
    say(`\n${formatVerdicts(parts.flatMap(({ verdicts }) => verdicts))}`);
    return {
      figures: Object.assign({}, ...parts.map(({ figures }) => figures)),
      faulty: parts.some(({ faulty }) => faulty),
    };
  } finally {
    await database.stop();
  }
}

interface Part {
  figures: Figures;
  verdicts: Verdict[];
  faulty: boolean;
}

async function measurePersonal(database: BenchDatabase, say: BenchOptions['say']): Promise<Part> {
  return withRun(database, 'personal', followers, ['template'], {}, async (run) => {
    const { template } = (await run.platform.counts()).received;
    const bare = await measureBareCalls(
      run.platform.apiBase,
      account,
      await run.platform.openids(),
      bareCalls,
    );
    const rate = followers / run.seconds;
    const faulty = isFaulty(run.counts, followers) || template.messages !== followers || template.most !== 1;
    say(
      `${whole(followers)} template messages: prepared in ${run.preparedSeconds.toFixed(1)} s, sent in ` +
        `${run.seconds.toFixed(1)} s (${whole(rate)}/s; bare calls ${whole(bare)}/s), ` +
        `${whole(megabytes(run.memory))} MB; received ${whole(template.messages)}, at most ${template.most} each`,
    );
    return {
      figures: {
        personal_prepared_seconds: run.preparedSeconds,
        personal_seconds: run.seconds,
        personal_per_second: rate,
        personal_bare_per_second: bare,
        personal_ratio_to_bare: rate / bare,
        personal_memory_mb: megabytes(run.memory),
      },
      verdicts: [
        {
          what: '130,000 personal notices, unthrottled',
          measured: `${run.seconds.toFixed(1)} s`,
          goal: `< ${goals.personalSeconds} s`,
          met: run.seconds < goals.personalSeconds,
        },
      ],
      faulty,
    };
  });
}

async function measureLimited(database: BenchDatabase, say: BenchOptions['say']): Promise<Part> {
  return withRun(database, 'limited', limitedRows, ['template'], limit, async (run) => {
    const { rates, received } = await run.platform.counts();
    const { allowance = 0, admitted = 0, refused = 0 } = rates[0] ?? {};
    const used = admitted / allowance;
    const refusals = refused / (admitted + refused);
    say(
      `${whole(limitedRows)} under a limit between 200/s and 400/s at 50 ms: ${run.seconds.toFixed(1)} s, ` +
        `${(used * 100).toFixed(1)} % of the allowance, ${(refusals * 100).toFixed(2)} % refused`,
    );
    return {
      figures: {
        limited_seconds: run.seconds,
        limited_allowance_used: used,
        limited_refusals: refusals,
      },
      verdicts: [
        {
          what: 'allowance used under a varying limit',
          measured: `${(used * 100).toFixed(1)} %`,
          goal: '≥ 95 %',
          met: used >= goals.allowance,
        },
        {
          what: 'refusals under a varying limit',
          measured: `${(refusals * 100).toFixed(2)} %`,
          goal: '≤ 1 %',
          met: refusals <= goals.refusals,
        },
      ],
      faulty: isFaulty(run.counts, limitedRows) || received.template.most !== 1,
    };
  });
}

async function measureMass(database: BenchDatabase, say: BenchOptions['say']): Promise<Part> {
  return withRun(database, 'mass', followers, ['mass'], {}, async (run) => {
    const { mass } = (await run.platform.counts()).received;
    const calls = await run.office.engine.massCalls.list(rowsOf(run.notice));
    const lastAt = Math.max(...calls.map(({ acceptedAt }) => acceptedAt?.getTime() ?? Infinity));
    const seconds = (lastAt - (run.notice.startedAt?.getTime() ?? 0)) / 1_000;
    say(
      `${whole(followers)} by mass: ${calls.length} calls, the last one accepted ${seconds.toFixed(2)} s after the ` +
        `approver's click; every row settled after ${run.seconds.toFixed(1)} s`,
    );
    return {
      figures: { mass_calls: calls.length, mass_seconds: seconds, mass_settled_seconds: run.seconds },
      verdicts: [
        {
          what: '130,000 by mass, until the last call is accepted',
          measured: `${seconds.toFixed(2)} s`,
          goal: `< ${goals.massSeconds} s`,
          met: seconds < goals.massSeconds,
        },
      ],
      faulty: isFaulty(run.counts, followers) || mass.messages !== followers || mass.most !== 1,
    };
  });
}

async function withRun<Result>(
  database: BenchDatabase,
  name: string,
  rows: number,
  channels: readonly NoticeChannel[],
  misbehaviour: Partial<MisbehaviourInput>,
  read: (run: Run) => Promise<Result>,
): Promise<Result> {
  const platform = await startPlatformProcess({ account, followers: rows });
  const office = await openNoticeOffice({
    mongodbUri: database.uriOf(name),
    apiBase: platform.apiBase,
    account,
    openids: await platform.openids(),
    onFailure: (what, error) => console.error(what, error),
  });
  try {
    office.engine.workers.start();
    const preparedFrom = performance.now();
    const pending = await office.prepare({ channels });
    const preparedSeconds = (performance.now() - preparedFrom) / 1_000;
    await platform.misbehave(misbehaviour);
    const memory = watchMemory();
    const from = performance.now();
    await office.approve(pending);
    const notice = await office.ended(pending);
    const seconds = (performance.now() - from) / 1_000;
    const counts = await office.engine.deliveries.count(rowsOf(notice));
    return await read({ office, platform, notice, preparedSeconds, seconds, memory: memory.stop(), counts });
  } finally {
    await office.close();
    await platform.stop();
  }
}

/** Every row is accepted, and there are as many as there should be. */
function isFaulty(counts: readonly DeliveryCount[], rows: number): boolean {
  return counts.length !== 1 || counts[0]?.state !== 'accepted' || counts[0].count !== rows;
}

function watchMemory(): { stop: () => number } {
  let most = process.memoryUsage.rss();
  const isOver = new AbortController();
  void (async () => {
    while (!isOver.signal.aborted) {
      most = Math.max(most, process.memoryUsage.rss());
      await sleep(100, undefined, { ref: false });
    }
  })();
  return {
    stop() {
      isOver.abort();
      return most;
    },
  };
}
