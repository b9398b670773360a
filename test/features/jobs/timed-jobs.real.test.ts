import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import type { Actor } from '../../../src/core/actor.js';
import { systemClock } from '../../../src/core/clock.js';
import { systemAccount } from '../../../src/core/permissions.js';
import type { JobReport, TimedJob } from '../../../src/core/scheduler.js';
import { auditMigrations, createAuditFeature } from '../../../src/features/audit/audit-feature.js';
import { JobRunStoreMongo } from '../../../src/features/jobs/job-run-store-mongo.js';
import { jobsMigrations } from '../../../src/features/jobs/jobs-feature.js';
import { createJobsMetrics } from '../../../src/features/jobs/jobs-metrics.js';
import { TimedJobs } from '../../../src/features/jobs/timed-jobs.js';
import { AgendaTriggers, scheduledJobsMigration } from '../../../src/jobs/agenda-triggers.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { databaseOf } from '../../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../../src/storage/transactions-mongo.js';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.js';
import { until } from '../../support/until.js';

const leaseMs = 1_000;
const actor: Actor = {
  by: { staffId: 's1', name: '小李' },
  from: { address: '127.0.0.1', agent: 'test' },
};
const never = { cron: '0 0 1 1 *' };

let database: TestDatabase;
let nodes: TimedJobs[];
let registry: Registry;
beforeEach(async () => {
  database = await openTestDatabase([...auditMigrations, scheduledJobsMigration, ...jobsMigrations]);
  nodes = [];
  registry = new Registry();
});
afterEach(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await database.close();
});

describe('a timed job', () => {
  it('runs once at each trigger, however many nodes there are, and never twice at a time', async () => {
    let running = 0;
    let most = 0;
    let runs = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      runs += 1;
      await sleep(150);
      running -= 1;
      return {};
    };
    const [first] = await Promise.all(['a', 'b', 'c'].map((name) => startNode(name, work, { everyMs: 300 })));
    await until('five runs', () => runs >= 5);
    expect(most).toBe(1);
    await Promise.all(nodes.map((node) => node.stop()));
    expect(await count('scheduled_jobs')).toBe(1);
    expect((await recorded()).every(({ state }) => state === 'done')).toBe(true);
    expect((await first!.list())[0]?.isRunning).toBe(false);
  });

  it('keeps its report and its last failure, and is tried again at the next trigger', async () => {
    let runs = 0;
    const node = await startNode('a', async () => {
      runs += 1;
      if (runs === 1) throw new Error('the world failed');
      return { sent: runs };
    });
    await node.runNow('mail.send', actor);
    await until('a failure', async () => (await view(node)).lastFailure);
    await node.runNow('mail.send', actor);
    const shown = await until('a report', async () => {
      const seen = await view(node);
      return seen.lastRun?.state === 'done' && seen;
    });
    expect(shown).toMatchObject({
      title: '发信',
      isRunning: false,
      lastRun: { node: 'a', report: { sent: 2 } },
      lastFailure: { failure: 'the world failed' },
      nextRunAt: expect.any(Date),
    });
    const metrics = await registry.metrics();
    expect(metrics).toContain('suishen_job_runs_total{job="mail.send",outcome="failed"} 1');
    expect(metrics).toContain('suishen_job_runs_total{job="mail.send",outcome="done"} 1');
  });

  it('is run by hand on record, not while it runs, and not by another name', async () => {
    let finish: (report: JobReport) => void = () => undefined;
    const node = await startNode('a', () => new Promise((resolve) => (finish = resolve)));
    await node.runNow('mail.send', actor);
    await until('it runs', async () => (await view(node)).isRunning);
    await expect(node.runNow('mail.send', actor)).rejects.toMatchObject({ code: 'job_running' });
    await expect(node.runNow('mail.burn', actor)).rejects.toMatchObject({ code: 'not_found' });
    finish({});
    const { trail } = createAuditFeature({ connection: database.connection, clock: systemClock });
    const { events } = await trail.list({ accountId: systemAccount, action: 'job.run' }, 10);
    expect(events.map(({ object, by }) => [object.id, by.name])).toEqual([['mail.send', '小李']]);
  });

  it('is begun again elsewhere when its node has died with the lock and the trigger', async () => {
    await (await startNode('a', async () => ({}))).stop();
    await databaseOf(database.connection)
      .collection('scheduled_jobs')
      .updateOne({}, { $set: { lockedAt: new Date() } });
    await new JobRunStoreMongo(database.connection).begin(
      { runId: 'dead', name: 'mail.send', node: 'dead', startedAt: new Date() },
      new Date(Date.now() + leaseMs),
    );
    let runs = 0;
    const node = await startNode('b', async () => ({ runs: (runs += 1) }));
    await until('it ran', () => runs === 1);
    const seen = await until('it is over', async () => {
      const now = await view(node);
      return !now.isRunning && now;
    });
    expect(seen.lastRun).toMatchObject({ node: 'b', state: 'done' });
    expect(seen.lastFailure).toMatchObject({ node: 'dead', failure: 'its node died' });
  });

  it('that lasts longer than the lease goes on alone', async () => {
    let runs = 0;
    const work = async () => {
      runs += 1;
      await sleep(3 * leaseMs);
      return {};
    };
    const node = await startNode('a', work);
    await startNode('b', work);
    await node.runNow('mail.send', actor);
    await until('it is over', async () => (await view(node)).lastRun);
    expect(runs).toBe(1);
    expect((await view(node)).lastRun).toMatchObject({ state: 'done' });
  });

  it('is told to end when its node stops, and the stop waits for it', async () => {
    let wasTold = false;
    const node = await startNode('a', async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await sleep(100);
      wasTold = true;
      return { cut: true };
    });
    await node.runNow('mail.send', actor);
    await until('it runs', async () => (await view(node)).isRunning);
    await node.stop();
    expect(wasTold).toBe(true);
    expect(await recorded()).toMatchObject([{ state: 'done', report: { cut: true } }]);
    const [job] = await databaseOf(database.connection).collection('scheduled_jobs').find().toArray();
    expect(job?.lockedAt).toBeNull();
  });

  it('is told to end when its run counts as dead', async () => {
    let wasTold = false;
    const node = await startNode('a', async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      wasTold = true;
      return {};
    });
    await node.runNow('mail.send', actor);
    await until('it runs', async () => (await view(node)).isRunning);
    await runsCollection().updateOne({ name: 'mail.send' }, { $set: { state: 'failed' } });
    await until('it was told', () => wasTold);
  });

  it('that was due while no node ran is not lost when one starts', async () => {
    const node = await startNode('a', async () => ({}));
    await node.stop();
    const missed = new Date(Date.now() - 60_000);
    await databaseOf(database.connection)
      .collection('scheduled_jobs')
      .updateOne({}, { $set: { nextRunAt: missed, lockedAt: null } });
    let ran = false;
    await startNode('b', async () => ({ ran: (ran = true) }));
    await until('it ran', () => ran);
  });

  it('takes a new timing from the program, and keeps 20 runs', async () => {
    const first = await startNode('a', async () => ({}));
    await first.stop();
    let runs = 0;
    await startNode('b', async () => ({ runs: (runs += 1) }), { everyMs: 20 });
    await until('25 runs', () => runs >= 25);
    await Promise.all(nodes.map((node) => node.stop()));
    expect((await recorded()).length).toBe(20);
  });
});

async function startNode(
  name: string,
  work: TimedJob['work'],
  when: TimedJob['when'] = never,
): Promise<TimedJobs> {
  const { connection } = database;
  const { trail } = createAuditFeature({ connection, clock: systemClock });
  const node = new TimedJobs({
    runs: new JobRunStoreMongo(connection),
    triggers: new AgendaTriggers({
      connection,
      node: name,
      logger: silentLogger,
      lockMs: leaseMs,
      pollMs: 100,
    }),
    transactions: new TransactionRunnerMongo(connection),
    audit: trail,
    watcher: createJobsMetrics(nodes.length === 0 ? registry : new Registry(), silentLogger),
    clock: systemClock,
    newId: () => crypto.randomUUID(),
    node: name,
    leaseMs,
  });
  nodes.push(node);
  node.every({ name: 'mail.send', title: '发信', purpose: '把信发出去', when, work });
  await node.start();
  return node;
}

async function view(node: TimedJobs) {
  return (await node.list())[0]!;
}

function runsCollection() {
  return databaseOf(database.connection).collection('job_runs');
}

function recorded() {
  return runsCollection().find().toArray();
}

function count(name: string): Promise<number> {
  return databaseOf(database.connection).collection(name).countDocuments();
}
