import { describe, expect, it } from '@jest/globals';
import type { LoadReport } from '../../../scripts/bench/load/load-protocol.js';
import { measureTargets, type Plan, type Target } from '../../../scripts/bench/measure-targets.js';

const plan: Plan = { connections: 2, rounds: 3, pilotMessages: 1, warmUpMs: 1, measureMs: 1 };
const targets: Target[] = [
  { name: 'koa', expectation: 'success', server: serverAt(1) },
  { name: 'suishen', expectation: 'mixed', server: serverAt(2) },
];

/** A server that has used one more millisecond of processor time each time it is asked. */
function serverAt(port: number): Target['server'] {
  let cpuMs = 0;
  return { port, usage: async () => ({ rss: 0, peakRss: 0, heapUsed: 0, cpuMs: ++cpuMs }) };
}

function reportOf(overrides: Partial<LoadReport> = {}): LoadReport {
  const latency = { p50: 1, p99: 2, p999: 3, max: 4 };
  return {
    sent: 10,
    acknowledged: 10,
    faults: {},
    perSecond: 100,
    latency,
    checked: 1,
    clientCpu: 0.2,
    ...overrides,
  };
}

interface Run {
  port: number;
  perSecond: number | null;
}

/** A load client that answers from `report` and remembers what it was told to run. */
function fakeClient(report: (run: Run, ordinal: number) => LoadReport) {
  const runs: Run[] = [];
  return {
    runs,
    build: async () => undefined,
    run: async ({ port, perSecond }: Run) => {
      runs.push({ port, perSecond });
      return report({ port, perSecond }, runs.length);
    },
  };
}

describe('measureTargets', () => {
  it('lets another target begin in each round', async () => {
    const client = fakeClient(() => reportOf());
    await measureTargets(client, targets, plan, () => undefined);
    const capacity = client.runs.slice(2, 8).map(({ port }) => port);
    expect(capacity).toEqual([1, 2, 2, 1, 1, 2]);
  });

  it('takes the median of the rounds, without the pilot', async () => {
    const rates = [9_999, 100, 5_000, 110];
    const client = fakeClient(({ perSecond }) =>
      reportOf({ perSecond: perSecond === null ? rates.shift()! : 0 }),
    );
    const measured = await measureTargets(client, targets.slice(0, 1), plan, () => undefined);
    expect(measured.get('koa')).toMatchObject({ perSecond: 110, perSecondByRound: [100, 5_000, 110] });
  });

  it('measures latency at half of what each target can do', async () => {
    const client = fakeClient(({ port }) => reportOf({ perSecond: port * 1_000 }));
    await measureTargets(client, targets, plan, () => undefined);
    const paced = client.runs.filter(({ perSecond }) => perSecond !== null);
    expect(paced.slice(0, 2)).toEqual([
      { port: 1, perSecond: 500 },
      { port: 2, perSecond: 1_000 },
    ]);
  });

  it('tells the processor time of an answer', async () => {
    const client = fakeClient(() => reportOf({ acknowledged: 10 }));
    const measured = await measureTargets(client, targets.slice(0, 1), plan, () => undefined);
    expect(measured.get('koa')?.cpuMicros).toBe(100);
  });

  it('adds up what was acknowledged and what went wrong in every run, the pilot too', async () => {
    const client = fakeClient((_, ordinal) => reportOf({ faults: ordinal === 1 ? { 'status 500': 2 } : {} }));
    const measured = await measureTargets(client, targets.slice(0, 1), plan, () => undefined);
    expect(measured.get('koa')).toMatchObject({ sent: 70, acknowledged: 70, faults: { 'status 500': 2 } });
  });
});
