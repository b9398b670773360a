/** The process that sends the load: its own, so that measuring and reporting never disturb each other. */
import { describeError } from '../../../src/core/errors.js';
import { buildBatch, type Batch } from './batch.js';
import { faultOfAnswer } from './check-answer.js';
import {
  loadCommandSchema,
  type BenchAccount,
  type LoadCommand,
  type LoadReply,
  type LoadReport,
} from './load-protocol.js';
import { runLoad, type LoadOptions, type LoadResult } from './load-run.js';
import { MessageMix } from './message-mix.js';
import { quantilesOf } from './quantiles.js';

interface Stream {
  account: BenchAccount;
  mix: MessageMix;
}

let stream: Stream | null = null;
let batch: Batch | null = null;

process.on('message', (message) => void answer(message));
process.on('disconnect', () => process.exit());

async function answer(message: unknown): Promise<void> {
  try {
    process.send?.(await obey(loadCommandSchema.parse(message)));
  } catch (error) {
    process.send?.({ reply: 'failed', reason: describeError(error) } satisfies LoadReply);
  }
}

async function obey(command: LoadCommand): Promise<LoadReply> {
  if (command.command === 'mix') {
    stream = { account: command.account, mix: new MessageMix(command.mix) };
    return { reply: 'done' };
  }
  if (stream === null) throw new TypeError('no stream of messages was begun');
  if (command.command === 'build') {
    batch = buildBatch(stream.mix, stream.account, command.count, Date.now());
    return { reply: 'done' };
  }
  if (batch === null) throw new TypeError('nothing was built');
  return { reply: 'report', report: await measure(batch, stream.account, command.options) };
}

async function measure(batch: Batch, account: BenchAccount, options: LoadOptions): Promise<LoadReport> {
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const result = await runLoad(batch, options);
  const cpu = process.cpuUsage(cpuBefore);
  const cpuMs = (cpu.user + cpu.system) / 1000;
  const faults = { ...result.faults };
  for (const fault of faultsOfSamples(result, batch, account, options))
    faults[fault] = (faults[fault] ?? 0) + 1;
  return {
    sent: result.sent,
    acknowledged: result.acknowledged,
    faults,
    perSecond: result.perSecond,
    latency: quantilesOf(result.latencies),
    checked: result.samples.length,
    clientCpu: cpuMs / (performance.now() - startedAt),
  };
}

function faultsOfSamples(
  result: LoadResult,
  batch: Batch,
  account: BenchAccount,
  options: LoadOptions,
): string[] {
  return result.samples.flatMap(({ message, body }) => {
    const text = options.expectation === 'echo' ? (batch.echoes[message] ?? null) : null;
    const fault = faultOfAnswer(body, account, { openid: batch.openids[message] ?? '', text });
    return fault === null ? [] : [fault];
  });
}
