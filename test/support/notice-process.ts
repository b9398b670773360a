import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../src/core/clock.js';
import type { NoticeMessenger } from '../../src/core/outbound-messenger.js';
import { OwedNoticeStoreMongo } from '../../src/features/owed-notices/owed-notice-store-mongo.js';
import { OwedNoticeWorker } from '../../src/features/owed-notices/owed-notice-worker.js';
import { silentLogger } from '../../src/observability/logger.js';
import { connectMongo, databaseOf } from '../../src/storage/mongo-connection.js';

/**
 * A program that sends what is owed, `notice-process.ts <database>`, until it is ended. What arrived at the platform is
 * noted in `arrived`; a template message that the platform knows already arrives no second time. Citizens whose number
 * is odd are outside of the window for customer-service messages.
 */
const connection = await connectMongo(process.argv[2] ?? '', silentLogger);
const arrived = databaseOf(connection).collection('arrived');
const messenger: NoticeMessenger = {
  async sendNotice(_accountId, openid, { clientMsgId }, { only, beforeCall }) {
    const isOutside = Number(openid.slice(2)) % 2 === 1;
    if (only !== 'template') {
      if (!(await beforeCall('customer_service'))) return null;
      await sleep(3);
      if (!isOutside) {
        await arrived.insertOne({ clientMsgId, channel: 'customer_service' });
        await sleep(3);
        return { channel: 'customer_service', outcome: { status: 'sent' } };
      }
    }
    if (!(await beforeCall('template'))) return null;
    await sleep(3);
    await arrived.updateOne({ clientMsgId }, { $set: { channel: 'template' } }, { upsert: true });
    await sleep(3);
    return { channel: 'template', outcome: { status: 'sent' } };
  },
};
new OwedNoticeWorker({
  queue: new OwedNoticeStoreMongo(connection),
  messenger,
  subjects: {
    require: () => ({
      write: async () => ({
        reply: { kind: 'text', text: '明天见' },
        template: { templateId: 't1', data: {} },
        said: '明天见',
      }),
    }),
  },
  clock: systemClock,
  watcher: { attempted: () => undefined, abandoned: () => undefined, noticesFailed: fail },
  leaseMs: 1_000,
}).start();
process.stdout.write('ready\n');

/** What the worker could not do would otherwise only show as a test that waits in vain. */
function fail(error: unknown): void {
  process.stderr.write(`${String(error)}\n`);
}
