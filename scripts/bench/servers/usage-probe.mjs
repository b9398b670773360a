/**
 * Loaded into each server under test with `--import`, so that the product needs no door for it: answers a question
 * of the benchmark's with what the process has used and holds, after a full garbage collection where asked for; or
 * with how long its event loop was held since that was asked last. Idle until then.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let delays = null;

process.on('message', (question) => process.send('stall' in question ? readStall() : readUsage(question)));
// A worker thread of the server has no channel. It must not keep the server alive; and the server must not outlive the
// benchmark.
process.channel?.unref();
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));

function readUsage({ collect }) {
  if (collect) collectGarbage();
  const { rss, heapUsed } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return {
    rss,
    heapUsed,
    peakRss: process.resourceUsage().maxRSS * 1024,
    cpuMs: (user + system) / 1000,
  };
}

/** The first answer is 0: the watch begins with it. */
function readStall() {
  const stallMs = delays === null ? 0 : delays.max / 1e6;
  delays ??= monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  delays.reset();
  return { stallMs };
}

function collectGarbage() {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
