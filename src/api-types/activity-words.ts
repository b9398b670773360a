/** What citizens read of an activity, for whoever sets it up. */
export { sayAdmission, sayConditions, sayRefunds } from '../features/activities/citizen-activity-words.js';
