import type { AudienceRun } from './audience-run.js';

/** Does a run, in pieces that may be done again without effect. */
export interface RunWork<Run extends AudienceRun> {
  /**
   * From where the progress of the run stands to its end.
   *
   * @param keep puts on record how far it is; rejects once the run is another worker's.
   * @throws the reason of `signal` once that is aborted; UserError where it can never succeed.
   */
  carryOn(run: Run, keep: (progress: Run['progress']) => Promise<void>, signal: AbortSignal): Promise<void>;
}
