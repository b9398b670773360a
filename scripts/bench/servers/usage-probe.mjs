/**
 * Loaded into the server under test with `--import`, so that the product needs no door for it: answers a question
 * of the benchmark's with what the process holds, after a full garbage collection where asked for.
 * Idle until then.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

process.on('message', (question) => {
  if (question?.collect) collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send({ rss, heapUsed, external, peakRss: process.resourceUsage().maxRSS * 1024 });
});
// The channel must not keep the server alive; and the server must not outlive the benchmark.
process.channel?.unref();
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));

function collectGarbage() {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
