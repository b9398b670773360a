/** The worker thread of `ContentWorkThread`. */
import { parentPort, workerData } from 'node:worker_threads';
import { describeError, OperationalError } from '../../../core/errors.js';
import { freezeContent } from '../items/frozen-content.js';
import { ContentWorkHere } from './content-work.js';
import { pack, unpack, type Job, type Outcome, type Result, type ThreadData } from './thread-messages.js';

const port = parentPort;
if (!port) throw new Error('this module is the entry of a worker thread');
const { forms }: ThreadData = workerData;
const work = new ContentWorkHere(forms);

port.on('message', (job: Job) => {
  void carryOut(job).then((result) => {
    const outcome: Outcome = { id: job.id, ...result };
    port.postMessage(outcome);
  });
});

async function carryOut(job: Job): Promise<Result> {
  try {
    return await doJob(job);
  } catch (error) {
    const code = error instanceof OperationalError ? error.code : 'content_work_failed';
    return { kind: 'failed', code, message: describeError(error) };
  }
}

async function doJob(job: Job): Promise<Result> {
  switch (job.kind) {
    case 'lint':
      return { kind: 'lint', findings: await work.lint(unpack(job.packed), job.now) };
    case 'render':
      return { kind: 'render', files: await work.render(unpack(job.packed), job.accountId) };
    case 'parse': {
      const parsed = await work.parse(job.files, job.accountId);
      if ('faults' in parsed) return { kind: 'parse', parsed };
      return { kind: 'parse', parsed: { packed: pack(await freezeContent(parsed.content)) } };
    }
  }
}
