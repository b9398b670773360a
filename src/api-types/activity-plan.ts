/** What staff set up as an activity, as the pages know it. */
export {
  activityGroupSchema,
  activityKinds,
  activityQuestionSchema,
  activityStates,
  admissionModes,
  feeOf,
  groupConditionSchema,
  refundRuleSchema,
  timeOf,
  type ActivityGroup,
  type ActivityKind,
  type ActivityPlan,
  type ActivityQuestion,
  type ActivityState,
  type AdmissionMode,
  type GroupCondition,
  type RefundRule,
} from '../features/activities/activity.js';
export { registrationStates, type RegistrationState } from '../features/activities/registration.js';
