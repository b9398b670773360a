import { systemAccount } from '../../core/permissions.js';
import type { Actor } from '../../core/actor.js';
import { BackgroundLoop } from '../../core/background-loop.js';
import type { Clock } from '../../core/clock.js';
import { describeError, UserError } from '../../core/errors.js';
import { notFound } from '../../core/refusals.js';
import type { JobTriggers, Scheduler, TimedJob } from '../../core/scheduler.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { JobRun } from './job-run.js';
import type { JobEnding, JobRunStore } from './job-run-store.js';

export interface TimedJobsParts {
  runs: JobRunStore;
  triggers: JobTriggers;
  transactions: TransactionRunner;
  audit: Pick<AuditTrail, 'append'>;
  watcher: JobWatcher;
  clock: Clock;
  newId: () => string;
  /** This process among all. */
  node: string;
  /** After so long without a sign of life a run counts as dead, in milliseconds. */
  leaseMs?: number;
}

export interface JobWatcher {
  /** @param tookMs milliseconds. */
  ended(name: string, outcome: 'done' | 'failed', tookMs: number): void;
  failed(name: string, error: unknown): void;
  /** Runs cannot be put on record, or what dead nodes left cannot be looked for. */
  troubled(error: unknown): void;
}

/** A job as staff see it. */
export interface TimedJobView extends Pick<TimedJob, 'name' | 'title' | 'purpose' | 'when'> {
  /** Null: it has not run yet. */
  lastRun: JobRun | null;
  lastFailure: JobRun | null;
  isRunning: boolean;
  /** UTC; null: no worker has planned it yet. */
  nextRunAt: Date | null;
}

const usualLeaseMs = 60_000;
const longestFailure = 500;

/**
 * Timed jobs with the record of their runs. The record is also what keeps the runs of a job apart: the trigger says
 * when, and only who could put a run on record runs it. So it holds although a trigger comes twice; and what a dead
 * node began is found by its record, and triggered again.
 */
export class TimedJobs implements Scheduler {
  readonly #parts: TimedJobsParts;
  readonly #leaseMs: number;
  readonly #jobs = new Map<string, TimedJob>();
  readonly #stopping = new AbortController();
  readonly #rescue: BackgroundLoop;

  constructor(parts: TimedJobsParts) {
    this.#parts = parts;
    this.#leaseMs = parts.leaseMs ?? usualLeaseMs;
    this.#rescue = new BackgroundLoop({
      work: () => this.#triggerAbandoned(),
      pauseMs: this.#leaseMs / 4,
      onFailure: (error) => parts.watcher.troubled(error),
    });
  }

  every(job: TimedJob): void {
    if (this.#jobs.has(job.name)) throw new Error(`there are two jobs ${job.name}`);
    this.#jobs.set(job.name, job);
  }

  /** On nodes that do timed work. */
  async start(): Promise<void> {
    await this.#parts.triggers.start([...this.#jobs.values()], (name) => this.#run(name));
    this.#rescue.start();
  }

  /** Tells what runs to end, and waits for it. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#rescue.stop();
    await this.#parts.triggers.stop();
  }

  /** In the order in which they were registered. */
  async list(): Promise<TimedJobView[]> {
    const [runs, due] = await Promise.all([this.#parts.runs.list(), this.#parts.triggers.listDue()]);
    return [...this.#jobs.values()].map(({ name, title, purpose, when }) => {
      const own = runs.filter((run) => run.name === name);
      return {
        name,
        title,
        purpose,
        when,
        lastRun: own.find(({ state }) => state !== 'running') ?? null,
        lastFailure: own.find(({ state }) => state === 'failed') ?? null,
        isRunning: own.some(({ state }) => state === 'running'),
        nextRunAt: due.get(name) ?? null,
      };
    });
  }

  /**
   * Makes a job due now; a worker takes it within seconds.
   * @throws UserError `not_found` · `job_running`
   */
  async runNow(name: string, actor: Actor): Promise<void> {
    const { runs, triggers, transactions, audit } = this.#parts;
    if (!this.#jobs.has(name)) throw notFound();
    const isRunning = (await runs.list()).some((run) => run.name === name && run.state === 'running');
    if (isRunning) throw new UserError('job_running', '这项任务正在执行，请等它结束', { status: 409 });
    const object = { kind: 'job', id: name };
    await transactions.run((tx) =>
      audit.append(tx, { ...actor, accountId: systemAccount, action: 'job.run', object, changes: [] }),
    );
    await triggers.makeDue(name);
  }

  async #run(name: string): Promise<void> {
    const { runs, watcher, clock, newId, node } = this.#parts;
    const job = this.#jobs.get(name);
    if (!job) return;
    const startedAt = clock.now();
    const run = { runId: newId(), name, node, startedAt: new Date(startedAt) };
    try {
      if (!(await runs.begin(run, this.#leaseEnd()))) return;
      const ending = await this.#work(job, run.runId);
      watcher.ended(name, 'failure' in ending ? 'failed' : 'done', clock.now() - startedAt);
      await runs.end(run, ending);
    } catch (error) {
      watcher.troubled(error);
    }
  }

  async #work(job: TimedJob, runId: string): Promise<JobEnding> {
    const { watcher, clock } = this.#parts;
    const lost = new AbortController();
    const alive = this.#keepAlive(runId, lost);
    alive.start();
    try {
      const report = await job.work(AbortSignal.any([this.#stopping.signal, lost.signal]));
      return { endedAt: new Date(clock.now()), report };
    } catch (error) {
      watcher.failed(job.name, error);
      return { endedAt: new Date(clock.now()), failure: describeError(error).slice(0, longestFailure) };
    } finally {
      await alive.stop();
    }
  }

  /** Renews the lease; whoever cannot must end, because another node may have begun. */
  #keepAlive(runId: string, lost: AbortController): BackgroundLoop {
    const { runs, watcher, clock } = this.#parts;
    const leaseEnd = () => this.#leaseEnd();
    let held = leaseEnd();
    return new BackgroundLoop({
      pauseMs: this.#leaseMs / 4,
      async work() {
        const next = leaseEnd();
        if (await runs.extend(runId, next)) held = next;
        else lost.abort();
      },
      onFailure(error) {
        watcher.troubled(error);
        if (clock.now() >= held.getTime()) lost.abort();
      },
    });
  }

  async #triggerAbandoned(): Promise<void> {
    const { runs, triggers, clock } = this.#parts;
    for (const name of await runs.listAbandoned(new Date(clock.now()))) await triggers.makeDue(name);
  }

  #leaseEnd(): Date {
    return new Date(this.#parts.clock.now() + this.#leaseMs);
  }
}
