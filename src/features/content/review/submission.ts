import type { Editor } from '../draft-store.js';

/** The three reviews, in their order: 初审 by an editor, 复审 by a section head, 终审 by a leader. */
export const reviewStages = ['first', 'second', 'final'] as const;
export type ReviewStage = (typeof reviewStages)[number];

/**
 * pending → published, when the last stage has approved it
 *         → rejected: this content may not be submitted again
 *         → returned: to be changed and submitted again
 *         → withdrawn, by whoever submitted it
 *         → voided: the draft, or what is live, has changed since
 */
export const submissionStates = [
  'pending',
  'published',
  'rejected',
  'returned',
  'withdrawn',
  'voided',
] as const;
export type SubmissionState = (typeof submissionStates)[number];

export interface Approval {
  stage: ReviewStage;
  by: Editor;
  /** UTC. */
  at: Date;
}

/** How a submission ended. */
export interface SubmissionOutcome {
  by: Editor;
  /** UTC. */
  at: Date;
  /** Empty where none was asked for. */
  reason: string;
  /** The release that it became. */
  release?: number;
}

/** A state of the draft that was laid before the reviewers. What they approve is its hash. */
export interface Submission {
  accountId: string;
  /** 1, 2, 3 … within the account. */
  number: number;
  /** Names the frozen content. */
  hash: string;
  draftRevision: number;
  /** Number of the release that was live, against which it is compared; 0: none was. */
  baseRelease: number;
  /** Who must approve it, in this order. */
  stages: readonly ReviewStage[];
  note: string;
  submittedBy: Editor;
  /** UTC. */
  submittedAt: Date;
  /** Who submitted it and everybody who changed what differs from the live release: none of them may approve. */
  authors: readonly Editor[];
  approvals: readonly Approval[];
  state: SubmissionState;
  outcome?: SubmissionOutcome;
}

/** The stage that comes next; undefined when all have approved. */
export function stageOf({ stages, approvals }: Submission): ReviewStage | undefined {
  return stages[approvals.length];
}
