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
  /** Of each server, before anything counts: compilers and caches. */
  pilotMs: number;
  warmUpMs: number;
  measureMs: number;
}

/** Enough for two seconds of the fastest server on a large machine. */
const pilotMessages = 60_000;
/** A round may be faster than the pilot was. */
const headroom = 1.4;

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
  const runs = new Map(targets.map((target) => [target, new TargetRuns()]));

  await client.build(pilotMessages);
  let fastest = 0;
  for (const target of targets) {
    const report = await client.run({
      ...common(target, plan),
      warmUpMs: 500,
      measureMs: plan.pilotMs,
      perSecond: null,
    });
    runs.get(target)?.count(report);
    fastest = Math.max(fastest, report.perSecond);
  }

  for (let round = 0; round < plan.rounds; round += 1) {
    say(`  round ${round + 1} of ${plan.rounds}: capacity`);
    await client.build(Math.ceil((fastest * headroom * (plan.warmUpMs + plan.measureMs)) / 1000));
    for (const target of rotate(targets, round)) {
      const before = await target.server.usage({ collect: false });
      const report = await client.run({ ...common(target, plan), perSecond: null });
      const after = await target.server.usage({ collect: false });
      runs.get(target)?.saturated.push(report);
      runs.get(target)?.cpuMicros.push(((after.cpuMs - before.cpuMs) * 1000) / report.acknowledged);
      runs.get(target)?.count(report);
    }
  }

  for (let round = 0; round < plan.rounds; round += 1) {
    say(`  round ${round + 1} of ${plan.rounds}: latency at half of it`);
    await client.build(Math.ceil((fastest * headroom * (plan.warmUpMs + plan.measureMs)) / 2000));
    for (const target of rotate(targets, round)) {
      const perSecond = (runs.get(target)?.capacity() ?? 0) / 2;
      const report = await client.run({ ...common(target, plan), perSecond });
      runs.get(target)?.paced.push(report);
      runs.get(target)?.count(report);
    }
  }
  return new Map(targets.map((target) => [target.name, (runs.get(target) ?? new TargetRuns()).summary()]));
}

class TargetRuns {
  readonly saturated: LoadReport[] = [];
  readonly paced: LoadReport[] = [];
  readonly cpuMicros: number[] = [];
  #sent = 0;
  #acknowledged = 0;
  #checked = 0;
  #clientCpu = 0;
  readonly #faults: Record<string, number> = {};

  count(report: LoadReport): void {
    this.#sent += report.sent;
    this.#acknowledged += report.acknowledged;
    this.#checked += report.checked;
    this.#clientCpu = Math.max(this.#clientCpu, report.clientCpu);
    for (const [fault, times] of Object.entries(report.faults))
      this.#faults[fault] = (this.#faults[fault] ?? 0) + times;
  }

  capacity(): number {
    return medianOf(this.saturated.map((report) => report.perSecond));
  }

  summary(): Measured {
    return {
      perSecond: this.capacity(),
      perSecondByRound: this.saturated.map((report) => report.perSecond),
      cpuMicros: medianOf(this.cpuMicros),
      pacedPerSecond: this.capacity() / 2,
      p50: medianOf(this.paced.map((report) => report.latency.p50)),
      p99: medianOf(this.paced.map((report) => report.latency.p99)),
      p999: medianOf(this.paced.map((report) => report.latency.p999)),
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
