import type { SubmissionView } from '../../../api-types/content-review.js';
import { stageNames, stateNames } from './review-words.js';

/** A step of a submission; the last may still lie ahead. */
export interface TimelineStep {
  title: string;
  /** Who did it; empty: nobody yet. */
  by: string;
  /** ISO 8601; null: it lies ahead. */
  at: string | null;
  /** What was said. */
  text: string;
  look: 'done' | 'bad' | 'ahead';
}

/** What became of a submission, and what is still to come, from its beginning. */
export function timelineOf(submission: SubmissionView): TimelineStep[] {
  const { submittedBy, submittedAt, note, approvals, stages, state, outcome } = submission;
  const steps: TimelineStep[] = [
    { title: '送审', by: submittedBy.name, at: submittedAt, text: note, look: 'done' },
    ...approvals.map(({ stage, by, at }) => ({
      title: `${stageNames[stage]}通过`,
      by: by.name,
      at,
      text: '',
      look: 'done' as const,
    })),
  ];
  if (outcome) {
    const { by, at, reason, release } = outcome;
    const title = release === undefined ? stateNames[state] : `发布为第 ${release} 版`;
    steps.push({ title, by: by.name, at, text: reason, look: state === 'published' ? 'done' : 'bad' });
  }
  if (state === 'pending')
    for (const stage of stages.slice(approvals.length))
      steps.push({ title: `等待${stageNames[stage]}`, by: '', at: null, text: '', look: 'ahead' });
  return steps;
}
