import type { Bench, BenchOptions, BenchOutcome } from './bench-definition.js';
import { describeMachine, formatTable, megabytes, whole } from './report.js';
import { withSuishen } from './with-suishen.js';

const citizens = 5_000;
const perSecond = 1_000;
const minuteMs = 60_000;
const defaultMinutes = 5;

/**
 * A steady load for as long as it is told, and what the heap holds after a full collection each minute: what grows
 * there is a leak. The first minute fills caches and compilers; growth counts from its end.
 */
export const soakBench: Bench = {
  name: 'soak',
  summary: 'heap after collection and latency under a steady load; --minutes N (5)',
  run,
};

async function run({ say, minutes }: BenchOptions): Promise<BenchOutcome> {
  return withSuishen({ citizens, order: 'random' }, say, async ({ database, client, suishen, exchanges }) => {
    say(await describeMachine(database));
    const rows: string[][] = [];
    const heaps: number[] = [];
    let acknowledged = 0;
    let sent = 0;
    let worstP99 = 0;
    for (let minute = 0; minute <= (minutes ?? defaultMinutes); minute += 1) {
      // Some more than a minute's worth on average: the moments are random.
      await client.build((perSecond * minuteMs * 1.05) / 1000);
      const report = await client.run({
        port: suishen.port,
        connections: 128,
        expectation: 'mixed',
        warmUpMs: 0,
        measureMs: minuteMs,
        perSecond,
      });
      acknowledged += report.acknowledged;
      sent += report.sent;
      const { heapUsed, rss } = await suishen.usage({ collect: true });
      heaps.push(megabytes(heapUsed));
      if (minute > 0) worstP99 = Math.max(worstP99, report.latency.p99);
      rows.push([
        minute === 0 ? 'warm-up' : `minute ${minute}`,
        whole(report.acknowledged),
        report.latency.p50.toFixed(1),
        report.latency.p99.toFixed(1),
        report.latency.max.toFixed(0),
        megabytes(heapUsed).toFixed(1),
        megabytes(rss).toFixed(0),
      ]);
      say(`${minute === 0 ? 'warm-up' : `minute ${minute}`}: heap ${megabytes(heapUsed).toFixed(1)} MB`);
    }
    say(`\n${formatTable(['', 'answers', 'p50 ms', 'p99 ms', 'max ms', 'heap MB', 'resident MB'], rows)}`);
    const [before = 0] = heaps;
    const after = heaps.at(-1) ?? 0;
    const stored = await exchanges();
    say(
      `\nheap after collection: ${before.toFixed(1)} MB → ${after.toFixed(1)} MB (${(after - before).toFixed(1)} MB)`,
    );
    say(`${whole(acknowledged)} acknowledged of ${whole(sent)}, ${whole(stored)} stored`);
    return {
      figures: {
        minutes: minutes ?? defaultMinutes,
        heap_start_mb: before,
        heap_end_mb: after,
        worst_p99_ms: worstP99,
        acknowledged,
        stored,
      },
      faulty: acknowledged !== sent || stored !== acknowledged,
    };
  });
}
