import { z } from 'zod';

/** One run of a timed job; times are UTC. */
export const jobRunSchema = z.object({
  startedAt: z.iso.datetime(),
  /** Null while it runs. */
  endedAt: z.iso.datetime().nullable(),
  state: z.enum(['running', 'done', 'failed']),
  /** The process that ran it. */
  node: z.string(),
  /** What was done, in figures. */
  report: z.record(z.string(), z.json()).nullable(),
  /** In English, for whoever runs the program. */
  failure: z.string().nullable(),
});

export const timedJobSchema = z.object({
  /** `noun.verb` */
  name: z.string(),
  /** In Chinese: what it is called, and what it is for. */
  title: z.string(),
  purpose: z.string(),
  /** When it is due: a cron expression in Asia/Shanghai, or a distance in milliseconds. */
  when: z.union([z.object({ cron: z.string() }), z.object({ everyMs: z.int() })]),
  isRunning: z.boolean(),
  lastRun: jobRunSchema.nullable(),
  lastFailure: jobRunSchema.nullable(),
  nextRunAt: z.iso.datetime().nullable(),
});

export const timedJobsSchema = z.object({ jobs: z.array(timedJobSchema) });

export const jobPathSchema = z.object({ name: z.string().max(64) });

export type TimedJobEntry = z.output<typeof timedJobSchema>;
