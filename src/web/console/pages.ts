import { activityPages } from './activities/activity-pages.js';
import { appointmentPages } from './appointments/appointment-pages.js';
import { audiencePages } from './audience/audience-pages.js';
import { auditPages } from './audit/audit-pages.js';
import { buttonsPages } from './buttons/buttons-pages.js';
import { checkInPages } from './check-in/check-in-pages.js';
import { dutyPages } from './duty/duty-pages.js';
import { feedbackPages } from './feedback/feedback-pages.js';
import { filePages } from './files/file-pages.js';
import { findingPages } from './findings/finding-pages.js';
import { jobPages } from './jobs/job-pages.js';
import { messagePages } from './messages/message-pages.js';
import { noticePages } from './notices/notice-pages.js';
import { orderPages } from './orders/order-pages.js';
import { phonePages } from './phone/phone-pages.js';
import { releasePages } from './releases/release-pages.js';
import { replyPages } from './replies/reply-pages.js';
import { rulePages } from './rules/rule-pages.js';
import { treePages } from './tree/tree-pages.js';
import { draftOverviewPages, reviewPages } from './review/review-pages.js';
import { ownAccountPages } from './session/own-account-pages.js';
import type { ConsolePage } from './shell/console-page.js';
import { settingsPages } from './settings/settings-pages.js';
import { wordsPages } from './words/words-pages.js';
import { staffPages } from './staff/staff-pages.js';
import { undeliveredPages } from './undelivered/undelivered-pages.js';
import { unansweredPages } from './unanswered/unanswered-pages.js';

/** Every page of an official account. The first in the menu that a person may open is where they begin. */
export const pages: readonly ConsolePage[] = [
  ...draftOverviewPages,
  ...treePages,
  ...replyPages,
  ...rulePages,
  ...wordsPages,
  ...buttonsPages,
  ...settingsPages,
  ...phonePages,
  ...findingPages,
  ...filePages,
  ...reviewPages,
  ...releasePages,
  ...unansweredPages,
  ...feedbackPages,
  ...dutyPages,
  ...messagePages,
  ...undeliveredPages,
  ...appointmentPages,
  ...activityPages,
  ...checkInPages,
  ...orderPages,
  ...noticePages,
  ...audiencePages,
  ...staffPages,
  ...jobPages,
  ...auditPages,
  ...ownAccountPages,
];
