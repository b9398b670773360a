import type { Bench, BenchOptions, BenchOutcome } from './bench-definition.js';
import { describeMachine, formatTable, formatVerdicts, megabytes, whole } from './report.js';
import { withSuishen } from './with-suishen.js';

const citizens = 100_000;
const turns = 2;
const messagesPerBatch = 50_000;
const goalMb = 300;

/** What the process holds once 100,000 different citizens have written, twice each. */
export const memoryBench: Bench = {
  name: 'memory',
  summary: 'memory of the server after messages from 100,000 citizens',
  run,
};

async function run({ say }: BenchOptions): Promise<BenchOutcome> {
  return withSuishen(
    { citizens, order: 'in-turn' },
    say,
    async ({ database, client, suishen, exchanges }) => {
      say(await describeMachine(database));
      const rows: string[][] = [];
      let acknowledged = 0;
      let peakMb = 0;
      for (let sent = 0; sent < citizens * turns; sent += messagesPerBatch) {
        await client.build(messagesPerBatch);
        const report = await client.run({
          port: suishen.port,
          connections: 128,
          expectation: 'mixed',
          warmUpMs: 0,
          measureMs: Number.MAX_SAFE_INTEGER,
          perSecond: null,
        });
        acknowledged += report.acknowledged;
        const { rss, peakRss } = await suishen.usage({ collect: false });
        peakMb = megabytes(peakRss);
        rows.push([
          `${whole(sent + messagesPerBatch)} messages`,
          megabytes(rss).toFixed(0),
          peakMb.toFixed(0),
        ]);
      }
      const collected = await suishen.usage({ collect: true });
      say(`\n${formatTable(['', 'resident MB', 'peak MB'], rows)}`);
      say(
        `after a full collection: heap ${megabytes(collected.heapUsed).toFixed(0)} MB, resident ${megabytes(collected.rss).toFixed(0)} MB`,
      );
      const stored = await exchanges();
      const verdict = {
        what: `peak memory with ${whole(citizens)} citizens`,
        measured: `${peakMb.toFixed(0)} MB`,
        goal: `< ${goalMb} MB`,
        met: peakMb < goalMb,
      };
      say(`\n${formatVerdicts([verdict])}`);
      say(`  ${whole(acknowledged)} acknowledged, ${whole(stored)} stored`);
      return {
        figures: {
          citizens,
          acknowledged,
          stored,
          peak_rss_mb: peakMb,
          rss_after_collection_mb: megabytes(collected.rss),
          heap_after_collection_mb: megabytes(collected.heapUsed),
        },
        faulty: acknowledged !== citizens * turns || stored !== acknowledged,
      };
    },
  );
}
