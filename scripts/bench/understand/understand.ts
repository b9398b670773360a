import { fileURLToPath } from 'node:url';
import type { Content } from '../../../src/dialog/content-model.js';
import { loadContentFiles } from '../../../src/features/content/files/load-content-files.js';
import type { Bench, BenchOptions, BenchOutcome, Figures } from '../bench-definition.js';
import { describeMachine, formatTable, formatVerdicts, megabytes, whole, type Verdict } from '../report.js';
import { startBenchDatabase, type BenchDatabase } from '../servers/bench-database.js';
import { growContent, type GrownContent, type MessageKind } from './grow-content.js';
import { compileMeasured, measureEngine, type Compiled, type Speed } from './measure-release.js';
import { mongoQueryPeer, regexListPeer, type PlatformPeer } from './platform-peers.js';

const sizes = [200, 2_000, 20_000] as const;
const kinds = ['keyword', 'question', 'unknown'] as const satisfies MessageKind[];
const messagesPerKind = 4_000;
const warmUpMessages = 1_000;
/** A peer is given so long and no longer: at 20,000 rules one message takes it many milliseconds. */
const peerMs = 3_000;

const goals = { keywordCost: 2.5, searchP99Ms: 20, stallMs: 50 };

interface Row {
  size: number;
  compiled: Omit<Compiled, 'release'>;
  engine: Record<MessageKind, Speed>;
  /** Messages with a keyword per second, by the name of the peer. */
  peers: Record<string, number>;
}

/** The engine by itself, in one process and without a database, as the content grows. */
export const understandBench: Bench = {
  name: 'understand',
  summary:
    'messages per second through the engine with 200, 2,000 and 20,000 rules, and what compiling costs',
  run,
};

async function run({ say }: BenchOptions): Promise<BenchOutcome> {
  const database = await startBenchDatabase(say);
  try {
    say(await describeMachine(database));
    const base = await readSample();
    const rows: Row[] = [];
    for (const size of sizes) {
      say(`  ${whole(size)} rules and replies`);
      rows.push(await measureSize(growContent(base, size), size, database));
    }
    return report(rows, say);
  } finally {
    await database.stop();
  }
}

async function readSample(): Promise<Content> {
  const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));
  const loaded = await loadContentFiles(projectRoot, 'pingan-meizhou');
  if ('faults' in loaded) throw new Error(`the sample content has ${loaded.faults.length} faults`);
  return loaded.content;
}

async function measureSize(
  { content, messages }: GrownContent,
  size: number,
  database: BenchDatabase,
): Promise<Row> {
  const { release, ...compiled } = await compileMeasured({
    accountId: 'bench',
    number: 1,
    hash: String(size),
    content,
  });
  const textsOf = (kind: MessageKind, from: number, count: number) =>
    Array.from({ length: count }, (_, index) => messages[kind](from + index));
  const speedOf = (kind: MessageKind) => {
    measureEngine(release, textsOf(kind, 0, warmUpMessages));
    return measureEngine(release, textsOf(kind, warmUpMessages, messagesPerKind));
  };
  const engine = { keyword: speedOf('keyword'), question: speedOf('question'), unknown: speedOf('unknown') };
  const query = await mongoQueryPeer(content, database.uriOf(`keywords_${size}`));
  const peers: Row['peers'] = {};
  for (const peer of [regexListPeer(content), query])
    peers[peer.name] = await measurePeer(peer, messages.keyword);
  await query.close();
  return { size, compiled, engine, peers };
}

async function measurePeer(peer: PlatformPeer, message: (index: number) => string): Promise<number> {
  const startedAt = performance.now();
  let asked = 0;
  while (performance.now() - startedAt < peerMs) {
    if ((await peer.find(message(asked))) === undefined) throw new Error(`${peer.name} found nothing`);
    asked += 1;
  }
  return (asked * 1000) / (performance.now() - startedAt);
}

function report(rows: readonly Row[], say: (line: string) => void): BenchOutcome {
  const peers = Object.keys(rows[0]?.peers ?? {});
  say(
    `\n${formatTable(
      ['messages/s, one process', ...rows.map(({ size }) => whole(size))],
      [
        ...kinds.map((kind) => [
          `Suishen, ${titles[kind]}`,
          ...rows.map(({ engine }) => whole(engine[kind].perSecond)),
        ]),
        ...peers.map((peer) => [
          `${peer}, a keyword inside`,
          ...rows.map((row) => whole(row.peers[peer] ?? 0)),
        ]),
      ],
    )}`,
  );
  say(
    `\n${formatTable(
      ['p99 of one message, ms', ...rows.map(({ size }) => whole(size))],
      kinds.map((kind) => [titles[kind], ...rows.map(({ engine }) => engine[kind].p99.toFixed(2))]),
    )}`,
  );
  say(
    `\n${formatTable(
      ['compiling', ...rows.map(({ size }) => whole(size))],
      [
        ['milliseconds', ...rows.map(({ compiled }) => whole(compiled.ms))],
        ['longest wait of others, ms', ...rows.map(({ compiled }) => compiled.stallMs.toFixed(1))],
        ['MB held', ...rows.map(({ compiled }) => megabytes(compiled.heapBytes).toFixed(0))],
      ],
    )}`,
  );
  for (const kind of kinds) say(`  ${titles[kind]}: decided by ${decisionsOf(rows, kind)}`);
  say(`\n${formatVerdicts(verdictsOf(rows))}`);
  return { figures: figuresOf(rows), faulty: rows.some(({ engine }) => !engine.keyword.decidedBy.contains) };
}

const titles: Record<MessageKind, string> = {
  keyword: 'a keyword inside',
  question: 'a question to be searched',
  unknown: 'about nothing known',
};

function decisionsOf(rows: readonly Row[], kind: MessageKind): string {
  return rows
    .map(({ engine }) =>
      Object.entries(engine[kind].decidedBy)
        .map(([step, count]) => `${step} ${whole((count * 100) / messagesPerKind)} %`)
        .join(' + '),
    )
    .join(' | ');
}

function verdictsOf(rows: readonly Row[]): Verdict[] {
  const cost = keywordCost(rows);
  const p99 = searchP99(rows);
  const stall = Math.max(...rows.map(({ compiled }) => compiled.stallMs));
  return [
    {
      what: 'a keyword among 20,000 rules, times its cost among 200',
      measured: `${cost.toFixed(2)} ×`,
      goal: `≤ ${goals.keywordCost} ×`,
      met: cost <= goals.keywordCost,
    },
    {
      what: 'search p99, at any size',
      measured: `${p99.toFixed(2)} ms`,
      goal: `< ${goals.searchP99Ms} ms`,
      met: p99 < goals.searchP99Ms,
    },
    {
      what: 'longest wait of others while compiling',
      measured: `${stall.toFixed(1)} ms`,
      goal: `< ${goals.stallMs} ms`,
      met: stall < goals.stallMs,
    },
  ];
}

function keywordCost(rows: readonly Row[]): number {
  const [smallest, largest] = [rows[0], rows.at(-1)];
  return (smallest?.engine.keyword.perSecond ?? 0) / (largest?.engine.keyword.perSecond ?? 1);
}

function searchP99(rows: readonly Row[]): number {
  return Math.max(...rows.flatMap(({ engine }) => [engine.question.p99, engine.unknown.p99]));
}

function figuresOf(rows: readonly Row[]): Figures {
  const figures: Figures = { keyword_cost_20000_to_200: keywordCost(rows), search_p99_ms: searchP99(rows) };
  for (const { size, compiled, engine, peers } of rows) {
    for (const kind of kinds) {
      figures[`${size}_${kind}_per_second`] = engine[kind].perSecond;
      figures[`${size}_${kind}_p99_ms`] = engine[kind].p99;
    }
    for (const [peer, perSecond] of Object.entries(peers))
      figures[`${size}_${peer.replace(/\W+/g, '_')}`] = perSecond;
    figures[`${size}_compile_ms`] = compiled.ms;
    figures[`${size}_compile_stall_ms`] = compiled.stallMs;
    figures[`${size}_heap_mb`] = megabytes(compiled.heapBytes);
  }
  return figures;
}
