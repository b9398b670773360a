import type { ActivityPlanWire } from '../../../../api-types/activities.js';
import type { Applicant } from '../../../../api-types/applicants.js';
import { formatMinute } from '../../../shared/format-time.js';

/** Staff decide one by one: before a draw nobody is picked out. */
export function isDecidable(
  { state }: Pick<Applicant, 'state'>,
  plan: Pick<ActivityPlanWire, 'mode' | 'needsApproval'>,
) {
  return state === 'applied' && plan.needsApproval && plan.mode === 'first_come';
}

const standing: ReadonlySet<Applicant['state']> = new Set([
  'applied',
  'held',
  'waiting',
  'offered',
  'confirmed',
]);

/** Staff can still cancel it for the citizen. */
export function isCancellable({ state }: Pick<Applicant, 'state'>): boolean {
  return standing.has(state);
}

/** What else should be known of somebody: `留到 2026-12-05 10:00；尺码：L`. */
export function sayNotes(applicant: Applicant): string {
  const { until, school, district, answers, lot, arrivedAt, endedBecause, state } = applicant;
  return [
    until !== null && (state === 'held' || state === 'offered') ? `名额留到 ${formatMinute(until)}` : '',
    school ?? '',
    district ?? '',
    ...answers.filter(({ answer }) => answer !== '').map(({ label, answer }) => `${label}：${answer}`),
    lot === null ? '' : `抽签号 ${lot.slice(0, 8)}`,
    arrivedAt === null ? '' : `${formatMinute(arrivedAt)} 入场`,
    endedBecause === null ? '' : `原因：${endedBecause}`,
  ]
    .filter((note) => note !== '')
    .join('；');
}
