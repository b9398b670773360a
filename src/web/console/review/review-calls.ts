import {
  approvalSchema,
  refusalSchema,
  submissionListSchema,
  submissionSchema,
  submissionsQuerySchema,
  submitSchema,
  withdrawalSchema,
} from '../../../api-types/content-review.js';
import {
  changesSchema,
  draftDiffSchema,
  draftViewSchema,
  findingsSchema,
} from '../../../api-types/content.js';
import { defineCall } from '../shared/define-call.js';

const draft = '/accounts/:accountId/draft';
const submissions = '/accounts/:accountId/submissions';
const submission = `${submissions}/:number` as const;

export const readDraft = defineCall({ method: 'get', path: draft, response: draftViewSchema });
export const readDraftDiff = defineCall({ method: 'get', path: `${draft}/diff`, response: draftDiffSchema });
export const readFindings = defineCall({
  method: 'get',
  path: `${draft}/findings`,
  response: findingsSchema,
});

export const listSubmissions = defineCall({
  method: 'get',
  path: submissions,
  query: submissionsQuerySchema,
  response: submissionListSchema,
});
export const submitDraft = defineCall({
  method: 'post',
  path: submissions,
  body: submitSchema,
  response: submissionSchema,
});
export const readSubmission = defineCall({ method: 'get', path: submission, response: submissionSchema });
export const readSubmissionDiff = defineCall({
  method: 'get',
  path: `${submission}/diff`,
  response: changesSchema,
});
/** What the draft now says otherwise than what was submitted. */
export const readDiffSinceSubmission = defineCall({
  method: 'get',
  path: `${submission}/draft-diff`,
  response: changesSchema,
});
export const withdrawSubmission = defineCall({
  method: 'post',
  path: `${submission}/withdraw`,
  body: withdrawalSchema,
  response: submissionSchema,
});
export const approveSubmission = defineCall({
  method: 'post',
  path: `${submission}/approve`,
  body: approvalSchema,
  response: submissionSchema,
});
export const rejectSubmission = defineCall({
  method: 'post',
  path: `${submission}/reject`,
  body: refusalSchema,
  response: submissionSchema,
});
export const returnSubmission = defineCall({
  method: 'post',
  path: `${submission}/return`,
  body: refusalSchema,
  response: submissionSchema,
});
