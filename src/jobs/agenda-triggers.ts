import { MongoJobRepository } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { BackgroundLoop } from '../core/background-loop.js';
import { describeError } from '../core/errors.js';
import type { JobTiming, JobTriggers, TimedJob } from '../core/scheduler.js';
import type { Logger } from '../observability/logger.js';
import type { Migration } from '../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../storage/mongo-connection.js';

const collectionName = 'scheduled_jobs';

/** One document for each job, made once by whichever node comes first. */
export const scheduledJobsMigration: Migration = {
  id: 'jobs-1-schedule',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { name: 1 }, unique: true, name: 'job' },
      { key: { name: 1, nextRunAt: 1, lockedAt: 1 }, name: 'due' },
    ]);
  },
};

export interface AgendaTriggersOptions {
  connection: MongoConnection;
  /** This process among all. */
  node: string;
  logger: Logger;
  /** After so long without a sign of life a node counts as dead, and what it had locked is free, in milliseconds. */
  lockMs?: number;
  /** How often to look for what is due. */
  pollMs?: number;
}

const timezone = 'Asia/Shanghai';

/**
 * Timed triggers by Agenda on MongoDB. Of Agenda only the triggering is used:
 * - `Agenda.every` and `Job.save` write the whole document, and so take away the lock of a run under way and the
 *   trigger that nobody has served yet; here a document is made once, and changed only where its timing has.
 * - After a crash Agenda frees the lock and waits for the next trigger; whoever keeps the runs asks for it at once.
 */
export class AgendaTriggers implements JobTriggers {
  readonly #options: AgendaTriggersOptions;
  readonly #lockMs: number;
  readonly #agenda: Agenda;
  readonly #running = new Set<Promise<void>>();

  constructor(options: AgendaTriggersOptions) {
    this.#options = options;
    this.#lockMs = options.lockMs ?? 60_000;
    const repository = new MongoJobRepository({
      mongo: databaseOf(options.connection),
      db: { collection: collectionName },
      ensureIndex: false,
    });
    this.#agenda = new Agenda({
      name: options.node,
      backend: {
        name: 'MongoDB',
        repository,
        ownsConnection: false,
        connect: () => repository.connect(),
        disconnect: () => repository.disconnect(),
      },
      processEvery: options.pollMs ?? 2_000,
      defaultConcurrency: 1,
      defaultLockLimit: 1,
      defaultLockLifetime: this.#lockMs,
    });
    this.#agenda.on('error', (error: unknown) =>
      options.logger.warn({ reason: describeError(error) }, 'timed jobs cannot be looked up; trying again'),
    );
  }

  async start(
    jobs: readonly Pick<TimedJob, 'name' | 'when'>[],
    run: (name: string) => Promise<void>,
  ): Promise<void> {
    for (const { name, when } of jobs) {
      this.#agenda.define(name, (job, done) => {
        this.#noteRunning(name);
        void this.#runAlive(
          () => job.touch(),
          () => run(name),
        ).finally(() => done());
      });
      await this.#plan(name, when);
    }
    await this.#agenda.start();
  }

  async stop(): Promise<void> {
    await this.#agenda.stop(false);
    await Promise.all(this.#running);
  }

  async makeDue(name: string): Promise<void> {
    const now = new Date();
    await this.#jobs().updateOne({ name, nextRunAt: { $gt: now } }, { $set: { nextRunAt: now } });
  }

  async listDue(): Promise<ReadonlyMap<string, Date>> {
    const { jobs } = await this.#agenda.queryJobs({});
    return new Map(jobs.flatMap(({ name, nextRunAt }) => (nextRunAt ? [[name, nextRunAt]] : [])));
  }

  async #plan(name: string, when: JobTiming): Promise<void> {
    const interval = 'cron' in when ? when.cron : when.everyMs;
    const [planned] = (await this.#agenda.queryJobs({ name })).jobs;
    if (planned?.repeatInterval === interval) return;
    await this.#agenda
      .create(name, {})
      .repeatEvery(interval, 'cron' in when ? { timezone } : {})
      .unique({ name }, { insertOnly: planned === undefined })
      .save();
  }

  /** Shows again and again that this node is alive, while the run lasts. */
  async #runAlive(touch: () => Promise<void>, run: () => Promise<void>): Promise<void> {
    const alive = new BackgroundLoop({
      work: touch,
      pauseMs: this.#lockMs / 4,
      onFailure: (error) =>
        this.#options.logger.warn(
          { reason: describeError(error) },
          'the lock of a timed job was not renewed',
        ),
    });
    alive.start();
    try {
      await run();
    } finally {
      await alive.stop();
    }
  }

  /** Until its lock is given back, which comes after the run. */
  #noteRunning(name: string): void {
    const over = new Promise<void>((resolve) => this.#agenda.once(`complete:${name}`, () => resolve()));
    this.#running.add(over);
    void over.then(() => this.#running.delete(over));
  }

  #jobs() {
    return databaseOf(this.#options.connection).collection<{ name: string; nextRunAt: Date | null }>(
      collectionName,
    );
  }
}
