import { timedJobsSchema } from '../../../api-types/jobs.js';
import { defineCall } from '../shared/define-call.js';

export const listJobs = defineCall({ method: 'get', path: '/jobs', response: timedJobsSchema });
export const runJob = defineCall({ method: 'post', path: '/jobs/:name/run' });
