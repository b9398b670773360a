/**
 * The sandbox in a process of its own: `fork('platform-server.ts', [JSON.stringify(setup)])`. Says its port when it
 * listens, answers questions in their order, and ends with its parent.
 */
import { systemClock } from '../../../src/core/clock.js';
import { describeError } from '../../../src/core/errors.js';
import { seededRandom } from '../../../src/core/seeded-random.js';
import { createHttpApp } from '../../../src/http/http-app.js';
import { listen } from '../../../src/http/http-server.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { changeConduct } from '../../../src/sandbox/misbehaviour/conduct.js';
import { createSandbox } from '../../../src/sandbox/sandbox.js';
import { alterCitizen, countReceived } from './platform-citizens.js';
import {
  platformQuestionSchema,
  platformSetupSchema,
  type PlatformCounts,
  type PlatformQuestion,
} from './platform-protocol.js';

const setup = platformSetupSchema.parse(JSON.parse(process.argv[2] ?? ''));
const sandbox = createSandbox({
  accounts: [{ account: setup.account, name: setup.account.accountId }],
  clock: systemClock,
  logger: silentLogger,
  random: seededRandom(setup.seed),
  webhookUrl: () => setup.webhookUrl,
  dailyLimits: setup.dailyLimits,
  timings: setup.massRepeatPauseMs === undefined ? {} : { massRepeatPauseMs: setup.massRepeatPauseMs },
});
const [account] = sandbox.world.accounts.values();
if (!account) throw new TypeError('the sandbox has no account');
account.misbehaviour = changeConduct(account.misbehaviour, setup.misbehaviour);
const followers = sandbox.world.addFollowers(account, setup.followers);
const app = createHttpApp({ logger: silentLogger, routers: [sandbox.router] });
const { port } = await listen(app, '127.0.0.1', 0);

let last: Promise<void> = Promise.resolve();
process.on('message', (message) => {
  last = last.then(() => reply(message));
});
process.on('disconnect', () => process.exit());
say({ ready: port });

async function reply(message: unknown): Promise<void> {
  try {
    say({ answer: await answer(platformQuestionSchema.parse(message)) });
  } catch (error) {
    say({ refused: describeError(error) });
  }
}

async function answer(question: PlatformQuestion): Promise<unknown> {
  if (!account) return null;
  switch (question.ask) {
    case 'openids':
      return followers.map(({ openid }) => openid);
    case 'received':
      return followers.map(({ openid, received }) => [openid, received]);
    case 'counts':
      return readCounts();
    case 'misbehave':
      account.misbehaviour = changeConduct(account.misbehaviour, question.change);
      return null;
    case 'alter':
      for (const citizen of followers.slice(question.from, question.to)) {
        alterCitizen(citizen, question.change, Date.now());
      }
      return null;
    case 'act':
      act(question);
      return null;
    case 'start over':
      startOver();
      return null;
    case 'settle':
      break;
  }
  await sandbox.settled();
  return null;
}

function act({ openid, action }: Extract<PlatformQuestion, { ask: 'act' }>): void {
  const citizen = account?.citizens.get(openid);
  if (!account || !citizen) throw new Error(`no citizen ${openid}`);
  sandbox.actions.perform(account, citizen, action);
}

function readCounts(): PlatformCounts | null {
  if (!account) return null;
  const { user, system } = process.cpuUsage();
  return {
    received: countReceived(followers),
    calls: sandbox.tally.of(account),
    rates: sandbox.conduct.usageOf(account),
    reports: sandbox.reports.countsOf(account),
    rss: process.memoryUsage.rss(),
    cpuMs: (user + system) / 1000,
  };
}

/** All counts begin at nothing, and the rates at the start of their course; what citizens are stays. */
function startOver(): void {
  if (!account) return;
  for (const { received } of followers) {
    Object.assign(received, { customer_service: 0, subscription: 0, template: 0, mass: 0 });
  }
  sandbox.tally.clear(account);
  sandbox.reports.clearCounts(account);
  sandbox.conduct.restartRates(account);
}

function say(message: object): void {
  process.send?.(message);
}
