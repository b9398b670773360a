/**
 * Loaded into each server under test with `--import`, so that the product needs no door for it: answers a question
 * of the benchmark's with what the process has used and holds, after a full garbage collection where asked for.
 * Idle until then.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

process.on('message', ({ collect }) => {
  if (collect) collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  process.send({
    rss,
    heapUsed,
    peakRss: process.resourceUsage().maxRSS * 1024,
    cpuMs: (user + system) / 1000,
  });
});
// A worker thread of the server has no channel. It must not keep the server alive; and the server must not outlive the benchmark.
process.channel?.unref();
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));

function collectGarbage() {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
