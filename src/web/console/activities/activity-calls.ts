import {
  activitiesQuerySchema,
  activityCancellationSchema,
  activityCountsSchema,
  activityDetailSchema,
  activityDrawSchema,
  activityEditSchema,
  activityListSchema,
  activityPlanBodySchema,
  activityProblemsSchema,
  activityPublicationSchema,
  activityRemovalSchema,
  cancellationForecastSchema,
  changeForecastSchema,
} from '../../../api-types/activities.js';
import {
  applicantListSchema,
  applicantReasonSchema,
  applicantSchema,
  applicantsQuerySchema,
  approvalSchema,
  decisionOutcomesSchema,
  disclosedApplicantSchema,
  rejectionSchema,
} from '../../../api-types/applicants.js';
import { addressOf, defineCall } from '../shared/define-call.js';

const activities = '/accounts/:accountId/activities';
const one = `${activities}/:activityId` as const;
const applicants = `${one}/applicants` as const;
const applicant = `${applicants}/:registrationId` as const;

export const listActivities = defineCall({
  method: 'get',
  path: activities,
  query: activitiesQuerySchema,
  response: activityListSchema,
});
export const createActivity = defineCall({
  method: 'post',
  path: activities,
  body: activityPlanBodySchema,
  response: activityDetailSchema,
});
export const checkActivity = defineCall({
  method: 'post',
  path: `${activities}/check`,
  body: activityPlanBodySchema,
  response: activityProblemsSchema,
});
export const readActivity = defineCall({ method: 'get', path: one, response: activityDetailSchema });
export const changeDraft = defineCall({
  method: 'put',
  path: one,
  body: activityEditSchema,
  response: activityDetailSchema,
});
export const removeDraft = defineCall({ method: 'delete', path: one, query: activityRemovalSchema });
export const copyActivity = defineCall({
  method: 'post',
  path: `${one}/copy`,
  response: activityDetailSchema,
});
export const publishActivity = defineCall({
  method: 'post',
  path: `${one}/publish`,
  body: activityPublicationSchema,
  response: activityDetailSchema,
});
export const changePublished = defineCall({
  method: 'put',
  path: `${one}/published`,
  body: activityEditSchema,
  response: activityDetailSchema,
});
export const forecastChange = defineCall({
  method: 'post',
  path: `${one}/published/forecast`,
  body: activityEditSchema,
  response: changeForecastSchema,
});
export const cancelActivity = defineCall({
  method: 'post',
  path: `${one}/cancellation`,
  body: activityCancellationSchema,
  response: activityDetailSchema,
});
export const forecastCancellation = defineCall({
  method: 'get',
  path: `${one}/cancellation/forecast`,
  response: cancellationForecastSchema,
});
export const readCounts = defineCall({
  method: 'get',
  path: `${one}/counts`,
  response: activityCountsSchema,
});
export const readDraw = defineCall({ method: 'get', path: `${one}/draw`, response: activityDrawSchema });
export const drawNow = defineCall({ method: 'post', path: `${one}/draw`, response: activityDrawSchema });

export const listApplicants = defineCall({
  method: 'get',
  path: applicants,
  query: applicantsQuerySchema,
  response: applicantListSchema,
});
export const approveApplicants = defineCall({
  method: 'post',
  path: `${applicants}/approval`,
  body: approvalSchema,
  response: decisionOutcomesSchema,
});
export const turnDownApplicants = defineCall({
  method: 'post',
  path: `${applicants}/rejection`,
  body: rejectionSchema,
  response: decisionOutcomesSchema,
});
export const discloseApplicant = defineCall({
  method: 'post',
  path: `${applicant}/disclosure`,
  body: applicantReasonSchema,
  response: disclosedApplicantSchema,
});
export const cancelForCitizen = defineCall({
  method: 'post',
  path: `${applicant}/cancellation`,
  body: applicantReasonSchema,
  response: applicantSchema,
});

/** Takes an `applicantExportSchema` and answers with an Excel file. */
export function applicantExportAddress(params: { accountId: string; activityId: string }): string {
  return addressOf(`${applicants}/export`, params);
}
