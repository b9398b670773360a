/** What the pages know of days and times in Asia/Shanghai. */
export { addDays, businessDay, instantOf, timeOfDay, weekdayOf } from '../core/business-day.js';
