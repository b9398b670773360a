import type { ReviewStage, SubmissionState } from './submission.js';

/** What staff read about reviews. */
export const reviewTexts = {
  stages: { first: '初审', second: '复审', final: '终审' } satisfies Record<ReviewStage, string>,
  states: {
    pending: '正在审核',
    published: '已经发布',
    rejected: '已被否决',
    returned: '已被退回',
    withdrawn: '已经撤回',
    voided: '已经作废',
  } satisfies Record<SubmissionState, string>,
} as const;
