import type { LoadClient } from './load/load-client.js';
import type { LoadReport } from './load/load-protocol.js';
import type { Expectation } from './load/load-run.js';
import { medianOf } from './load/quantiles.js';
import type { BenchServer } from './servers/server-process.js';

export interface Target {
  name: string;
  expectation: Expectation;
  server: Pick<BenchServer, 'port' | 'usage'>;
}

export interface Measured {
  /** Answers per second with every connection always waiting for one: the median of the rounds, and each of them. */
  perSecond: number;
  perSecondByRound: number[];
  /** Microseconds of its own processor time per answer in saturation; the database's are not in it. */
  cpuMicros: number;
  /** Messages per second of the open loop: half of `perSecond`. */
  pacedPerSecond: number;
  /** Milliseconds in the open loop, counted from when each message was due; the medians of the rounds. */
  p50: number;
  p99: number;
  p999: number;
  sent: number;
  acknowledged: number;
  faults: Record<string, number>;
  checked: number;
  /** The highest share of a core that the load process used while this target was measured. */
  clientCpu: number;
}

export interface Plan {
  connections: number;
  rounds: number;
  /** Sent to each server before anything counts, so that compilers and caches are warm: at least one per citizen. */
  pilotMessages: number;
  warmUpMs: number;
  measureMs: number;
}

/** A round may be faster than the pilot was. */
const headroom = 1.6;

/** Longer than any pilot takes; one that does not end is a fault to be seen, not to be waited for. */
const pilotMs = 30_000;

/**
 * Measures all targets with the same bytes in alternating order, so that a noisy moment of the machine hits no one
 * target in all rounds; first how many answers per second each gives, then how long they take at half of that.
 */
export async function measureTargets(
  client: Pick<LoadClient, 'build' | 'run'>,
  targets: readonly Target[],
  plan: Plan,
  say: (line: string) => void,
): Promise<Map<string, Measured>> {
  const tested = targets.map((target) => ({ target, runs: new TargetRuns() }));
  say('  warming up');
  const fastest = await runPilot(client, tested, plan);
  const perRound = Math.ceil((fastest * headroom * (plan.warmUpMs + plan.measureMs)) / 1000);

  for (let round = 0; round < plan.rounds; round += 1) {
    say(`  capacity, round ${round + 1} of ${plan.rounds}`);
    await client.build(perRound);
    for (const { target, runs } of rotate(tested, round)) {
      const before = await target.server.usage({ collect: false });
      const report = await client.run({ ...common(target, plan), perSecond: null });
      const after = await target.server.usage({ collect: false });
      runs.addSaturated(report, after.cpuMs - before.cpuMs);
    }
  }

  for (let round = 0; round < plan.rounds; round += 1) {
    say(`  latency at half of it, round ${round + 1} of ${plan.rounds}`);
    await client.build(Math.ceil(perRound / 2));
    for (const { target, runs } of rotate(tested, round)) {
      runs.addPaced(await client.run({ ...common(target, plan), perSecond: runs.capacity() / 2 }));
    }
  }
  return new Map(tested.map(({ target, runs }) => [target.name, runs.summary()]));
}

interface Tested {
  target: Target;
  runs: TargetRuns;
}

/** The answers per second of the fastest. */
async function runPilot(
  client: Pick<LoadClient, 'build' | 'run'>,
  tested: readonly Tested[],
  plan: Plan,
): Promise<number> {
  let fastest = 0;
  await client.build(plan.pilotMessages);
  for (const { target, runs } of tested) {
    const options = { ...common(target, plan), warmUpMs: 0, measureMs: pilotMs, perSecond: null };
    const report = await client.run(options);
    runs.count(report);
    fastest = Math.max(fastest, report.perSecond);
  }
  return fastest;
}

class TargetRuns {
  readonly #saturated: LoadReport[] = [];
  readonly #paced: LoadReport[] = [];
  readonly #cpuMicros: number[] = [];
  #sent = 0;
  #acknowledged = 0;
  #checked = 0;
  #clientCpu = 0;
  readonly #faults: Record<string, number> = {};

  addSaturated(report: LoadReport, cpuMs: number): void {
    this.#saturated.push(report);
    this.#cpuMicros.push((cpuMs * 1000) / report.acknowledged);
    this.count(report);
  }

  addPaced(report: LoadReport): void {
    this.#paced.push(report);
    this.count(report);
  }

  /** What counts in every run: that nothing is lost and nothing wrong. */
  count(report: LoadReport): void {
    this.#sent += report.sent;
    this.#acknowledged += report.acknowledged;
    this.#checked += report.checked;
    this.#clientCpu = Math.max(this.#clientCpu, report.clientCpu);
    for (const [fault, times] of Object.entries(report.faults))
      this.#faults[fault] = (this.#faults[fault] ?? 0) + times;
  }

  capacity(): number {
    return medianOf(this.#saturated.map((report) => report.perSecond));
  }

  summary(): Measured {
    return {
      perSecond: this.capacity(),
      perSecondByRound: this.#saturated.map((report) => report.perSecond),
      cpuMicros: medianOf(this.#cpuMicros),
      pacedPerSecond: this.capacity() / 2,
      p50: medianOf(this.#paced.map((report) => report.latency.p50)),
      p99: medianOf(this.#paced.map((report) => report.latency.p99)),
      p999: medianOf(this.#paced.map((report) => report.latency.p999)),
      sent: this.#sent,
      acknowledged: this.#acknowledged,
      faults: this.#faults,
      checked: this.#checked,
      clientCpu: this.#clientCpu,
    };
  }
}

function common(target: Target, plan: Plan) {
  return {
    port: target.server.port,
    expectation: target.expectation,
    connections: plan.connections,
    warmUpMs: plan.warmUpMs,
    measureMs: plan.measureMs,
  };
}

function rotate<Item>(items: readonly Item[], by: number): Item[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
