import type { Clock } from '../../../core/clock.js';
import { describeError } from '../../../core/errors.js';
import type { JobReport } from '../../../core/scheduler.js';
import { monthOf } from '../engine/notice-channel-planner.js';
import type { MassCallStore } from '../mass-call-store.js';
import { askedState } from '../mass-call.js';
import type { NoticePlatform } from '../notice-platform-port.js';

export interface MassCallCheckParts {
  calls: Pick<MassCallStore, 'listUnreported' | 'closeUnreported' | 'forgetOpenids'>;
  platform: Pick<NoticePlatform, 'readMassState'>;
  clock: Clock;
}

/** WeChat: a mass message may take up to half an hour. */
const reportWithinMs = 3_600_000;
const askedAtOnce = 100;

/**
 * Asks the platform about mass messages whose report never came, and lets go of openids that count no more.
 *
 * @throws Error where the platform did not answer; the next run asks again.
 */
export async function checkMassCalls(parts: MassCallCheckParts, signal: AbortSignal): Promise<JobReport> {
  const { calls, platform, clock } = parts;
  const report = { asked: 0, closed: 0, forgotten: 0 };
  const failures: string[] = [];
  const now = clock.now();
  for (const call of await calls.listUnreported(new Date(now - reportWithinMs), askedAtOnce)) {
    if (signal.aborted || call.messageId === undefined) break;
    report.asked += 1;
    try {
      const state = await platform.readMassState(call.accountId, call.messageId);
      if (state === 'sending') continue;
      await calls.closeUnreported(call, askedState[state], new Date(clock.now()));
      report.closed += 1;
    } catch (error) {
      failures.push(describeError(error));
    }
  }
  report.forgotten = await calls.forgetOpenids(monthOf(now));
  if (failures.length > 0)
    throw new Error(`${failures.length} calls could not be asked about: ${failures[0]}`);
  return report;
}
