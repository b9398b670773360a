import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Content } from '../../../src/dialog/content-model.js';
import { loadContentFiles } from '../../../src/features/content/files/load-content-files.js';
import type { Bench, BenchOptions, BenchOutcome, Figures } from '../bench-definition.js';
import { benchAccount } from '../bench-account.js';
import { describeMachine, formatTable, formatVerdicts, megabytes, whole } from '../report.js';
import { startBenchDatabase } from '../servers/bench-database.js';
import { buildProduct } from '../servers/build-product.js';
import { startPlatformStandIn } from '../servers/platform-stand-in.js';
import type { BenchServer } from '../servers/server-process.js';
import { startSuishen } from '../servers/suishen-server.js';
import { vocabularyOf } from '../vocabulary.js';
import { buildEdition, renderEdition } from './edition.js';
import { EditionWatch } from './edition-watch.js';
import { Newsroom } from './newsroom.js';
import { SteadyLoad, type LoadCount } from './steady-load.js';

const nodes = 20_000;
const perSecond = 100;
const citizensPerNode = 5_000;
/** What three people need at the very least to read what they approve. */
const readingMs = 10_000;
const goals = { liveMs: 2_000, stallMs: 50 };

/** What happened between a click and the answer of the last node. */
interface Phase {
  what: string;
  /** For each node, from the click to its first answer; empty: nothing goes live. */
  liveMs: number[];
  /** For each node, the longest that its event loop was held. */
  stallMs: number[];
  counts: LoadCount[];
}

/**
 * Twenty thousand nodes are published under the eyes of citizens: two nodes of the product on one database, messages
 * flowing to both, content and reviews through the staff API of one of them.
 */
export const publishBench: Bench = {
  name: 'publish',
  summary: 'from the last approval of 20,000 nodes to the answers of two nodes, messages flowing',
  run,
};

async function run({ say }: BenchOptions): Promise<BenchOutcome> {
  await buildProduct();
  const account = benchAccount('safe');
  const database = await startBenchDatabase(say);
  const platform = await startPlatformStandIn();
  const closers: (() => Promise<void>)[] = [];
  try {
    say(await describeMachine(database));
    const mongodbUri = database.uriOf('suishen');
    const options = { account, mongodbUri, apiBase: platform.apiBase, dataDir: `${database.folder}/suishen` };
    const servers: BenchServer[] = [];
    for (let started = 0; started < 2; started += 1) {
      const server = await startSuishen(options);
      servers.push(server);
      closers.push(() => server.stop());
    }
    const [first] = servers;
    const newsroom = await Newsroom.open(mongodbUri, `http://127.0.0.1:${first?.port}`, account.accountId);
    const sample = await readSample(account.accountId);
    const vocabulary = vocabularyOf(sample);
    const loads = servers.map(({ port }, index) => {
      const mix = {
        vocabulary,
        citizens: citizensPerNode,
        firstCitizen: index * citizensPerNode,
        seed: 1,
        order: 'random',
      } as const;
      return new SteadyLoad({ account, port, perSecond, mix });
    });
    for (const load of loads) {
      await load.start();
      closers.unshift(() => load.stop());
    }
    const watches = servers.map(({ port }) => new EditionWatch(account, port));
    for (const watch of watches) closers.unshift(() => watch.stop());
    const stage = new Stage(servers, loads, watches, say);
    const edition = (number: number) => renderEdition(buildEdition(sample, nodes, number), account.accountId);

    await stage.warmUp();
    let submission = await stage.prepare('importing and submitting', () => newsroom.submit(edition(1)));
    await stage.prepare('two reviews', async () => {
      await delay(readingMs);
      await newsroom.review(submission);
    });
    await stage.publish('read, then published', 1, () => newsroom.publish(submission));
    submission = await stage.prepare('all texts changed, submitted', () => newsroom.submit(edition(2)));
    await stage.publish('published unread', 2, async () => {
      await newsroom.review(submission);
      return newsroom.publish(submission);
    });
    await stage.publish('rolled back', 1, () => newsroom.rollBack(2));
    return await stage.report();
  } finally {
    for (const close of closers) await close();
    await platform.stop();
    await database.stop();
  }
}

class Stage {
  readonly #servers: readonly BenchServer[];
  readonly #loads: readonly SteadyLoad[];
  readonly #watches: readonly EditionWatch[];
  readonly #say: (line: string) => void;
  readonly #phases: Phase[] = [];

  constructor(
    servers: readonly BenchServer[],
    loads: readonly SteadyLoad[],
    watches: readonly EditionWatch[],
    say: (line: string) => void,
  ) {
    this.#servers = servers;
    this.#loads = loads;
    this.#watches = watches;
    this.#say = say;
  }

  /** Compilers and caches; nothing of it counts but what fails. */
  async warmUp(): Promise<void> {
    this.#say('  warming up');
    await delay(3_000);
    await this.#takeStalls();
  }

  async prepare<Result>(what: string, act: () => Promise<Result>): Promise<Result> {
    this.#say(`  ${what}`);
    const result = await act();
    await this.#end(what, []);
    return result;
  }

  /** Until both nodes answer from the edition, and a second longer. */
  async publish(what: string, edition: number, click: () => Promise<void>): Promise<void> {
    this.#say(`  ${what}`);
    for (const watch of this.#watches) watch.expect(edition);
    const clickedAt = performance.now();
    const seen = Promise.all(this.#watches.map((watch) => watch.seen()));
    await click();
    const liveMs = (await seen).map((at) => at - clickedAt);
    await delay(1_000);
    await this.#end(what, liveMs);
  }

  async report(): Promise<BenchOutcome> {
    const faults = this.#watches.flatMap((watch) => watch.faults);
    const usages = await Promise.all(this.#servers.map((server) => server.usage({ collect: false })));
    this.#say(
      `\n${formatTable(
        ['', 'live on A, ms', 'on B, ms', 'stall of A, ms', 'of B, ms', 'messages', 'failed', 'slowest, ms'],
        this.#phases.map(({ what, liveMs, stallMs, counts }) => [
          what,
          ...[0, 1].map((node) => whole0(liveMs[node])),
          ...[0, 1].map((node) => whole0(stallMs[node])),
          whole(sum(counts.map(({ sent }) => sent))),
          whole(sum(counts.map(({ sent, acknowledged }) => sent - acknowledged))),
          whole(Math.max(...counts.map(({ longestMs }) => longestMs))),
        ]),
      )}`,
    );
    for (const fault of faults.slice(0, 5)) this.#say(`  fault: ${fault}`);
    const failed =
      faults.length +
      sum(this.#phases.flatMap(({ counts }) => counts.map(({ sent, acknowledged }) => sent - acknowledged)));
    const published = this.#phases.filter(({ liveMs }) => liveMs.length > 0);
    this.#say(
      `\n${formatVerdicts([
        ...published.map(({ what, liveMs }) => ({
          what: `${what}: from the click to the last node`,
          measured: `${whole(Math.max(...liveMs))} ms`,
          goal: `< ${whole(goals.liveMs)} ms`,
          met: Math.max(...liveMs) < goals.liveMs,
        })),
        ...this.#phases.map(({ what, stallMs }) => ({
          what: `${what}: longest stall`,
          measured: `${whole(Math.max(...stallMs))} ms`,
          goal: `≤ ${goals.stallMs} ms`,
          met: Math.max(...stallMs) <= goals.stallMs,
        })),
        { what: 'messages that failed', measured: whole(failed), goal: '0', met: failed === 0 },
      ])}`,
    );
    const peaks = usages.map(({ peakRss }) => megabytes(peakRss));
    this.#say(`  peak memory: ${peaks.map((peak) => peak.toFixed(0)).join(' and ')} MB`);
    const figures: Figures = {
      nodes,
      messages_per_second: perSecond * 2,
      failed,
      peak_rss_mb: Math.max(...peaks),
    };
    for (const { what, liveMs, stallMs } of this.#phases) {
      const name = what.replace(/\W+/g, '_');
      if (liveMs.length > 0) figures[`${name}_live_ms`] = Math.max(...liveMs);
      figures[`${name}_stall_ms`] = Math.max(...stallMs);
    }
    return { figures, faulty: failed > 0 };
  }

  async #end(what: string, liveMs: number[]): Promise<void> {
    const counts = this.#loads.map((load) => load.takeCount());
    this.#phases.push({ what, liveMs, stallMs: await this.#takeStalls(), counts });
  }

  #takeStalls(): Promise<number[]> {
    return Promise.all(this.#servers.map((server) => server.stallMs()));
  }
}

async function readSample(accountId: string): Promise<Content> {
  const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));
  const loaded = await loadContentFiles(projectRoot, accountId);
  if ('faults' in loaded) throw new Error(`the sample content has ${loaded.faults.length} faults`);
  return loaded.content;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function whole0(value: number | undefined): string {
  return value === undefined ? '' : whole(value);
}
