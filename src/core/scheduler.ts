/** A value that JSON can hold, so that it can be kept and shown. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What a run has done, in figures; nothing personal. */
export type JobReport = Readonly<Record<string, JsonValue>>;

/** When a job is due: by a cron expression of five fields in Asia/Shanghai, or so long after it last began. */
export type JobTiming = { cron: string } | { everyMs: number };

/** Work that is done by the clock, without anybody asking. */
export interface TimedJob {
  /** `noun.verb`; unique. */
  name: string;
  /** What staff call it, and what it is for; in Chinese. */
  title: string;
  purpose: string;
  when: JobTiming;
  /**
   * One run. It may be cut off at any point and run again, on another node: it must carry on from what it finds.
   *
   * @param signal aborted when the node stops or has lost its claim: end as soon as what is begun is whole.
   */
  work(signal: AbortSignal): Promise<JobReport>;
}

/**
 * Does timed work: each trigger once across all nodes, never two runs of a job at the same time. What a dead node
 * began is begun again elsewhere; a run that failed is on record, and the next trigger tries again.
 */
export interface Scheduler {
  /** Before the scheduler starts. @throws Error where the name is taken. */
  every(job: TimedJob): void;
}

/** Says when jobs are due; for the scheduler. What is triggered twice all the same must do no harm. */
export interface JobTriggers {
  /** Begins to trigger. `run` never rejects. */
  start(
    jobs: readonly Pick<TimedJob, 'name' | 'when'>[],
    run: (name: string) => Promise<void>,
  ): Promise<void>;
  /** Triggers no more, and waits for what runs. */
  stop(): Promise<void>;
  /** Makes a job due now, whichever node takes it. */
  makeDue(name: string): Promise<void>;
  /** When jobs are due next, UTC; what no node has ever planned is missing. */
  listDue(): Promise<ReadonlyMap<string, Date>>;
}
