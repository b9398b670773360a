import { setMaxListeners } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Router } from '@koa/router';
import { pageRouter } from '../http/page-router.js';
import { createAuthorizeRouter } from './authorize/authorize-router.js';
import { Courier } from './delivery/courier.js';
import { ReportDesk } from './delivery/report-desk.js';
import { WebhookPost } from './delivery/webhook-post.js';
import { requireLoopback } from './guard.js';
import { CallConduct } from './misbehaviour/call-conduct.js';
import { CallTally } from './misbehaviour/call-tally.js';
import { createPayRouter } from './pay/pay-router.js';
import { payEndpoints } from './pay/pay-endpoints.js';
import { PayApi } from './pay/pay-api.js';
import { PayDesk } from './pay/pay-desk.js';
import { createPaySheetRouter } from './pay/pay-sheet-router.js';
import { CitizenActions } from './phone/citizen-actions.js';
import { createPhoneRouter } from './phone/phone-router.js';
import { PlatformApi, endpointPaths } from './platform/platform-api.js';
import { createPlatformRouter } from './platform/platform-router.js';
import { defaultTimings, type SandboxOptions } from './sandbox-options.js';
import { StateFile } from './state-file.js';
import { World } from './world.js';

/** Where the sandbox lives in the application; WECHAT_API_BASE is this with `/platform`. */
const sandboxPath = '/sandbox';
const builtPage = fileURLToPath(new URL('../../dist/web/phone', import.meta.url));

export interface Sandbox {
  /** Everything below `/sandbox`; mount it with `app.use(sandbox.router.routes())`. */
  readonly router: Router;
  /** The platform without its HTTP, for tests: quotas that are nearly used up, calls by the thousand. */
  readonly api: PlatformApi;
  readonly world: World;
  /** What was reported to the webhooks, and what was lost on purpose. */
  readonly reports: ReportDesk;
  /** How much of a rate limit was used. */
  readonly conduct: CallConduct;
  /** What became of the calls. */
  readonly tally: CallTally;
  /** Lets citizens act without the page. */
  readonly actions: CitizenActions;
  /** WeChat Pay: `pay.sandboxMerchant(accountId)` is what the product is configured with. */
  readonly pay: PayDesk;
  /** Reads the state file; before the first request. */
  start(): Promise<void>;
  /** Ends the live streams and the calls that hang, and saves. */
  stop(): Promise<void>;
  /** Resolves when no message and no report is on its way to a webhook. */
  settled(): Promise<void>;
}

/**
 * A simulated WeChat platform with a phone page: the product without an account. It answers the platform's API at
 * `/sandbox/platform`, delivers what citizens do on the page `/sandbox/` to the webhook by real, signed HTTP
 * requests, and obeys the platform's limits. Only this machine may use it.
 * @throws Error in production: there, WeChat is the platform.
 */
export function createSandbox(options: SandboxOptions): Sandbox {
  if (process.env.NODE_ENV === 'production')
    throw new Error('the sandbox must not run with NODE_ENV=production');
  const { clock, logger, random } = options;
  const timings = { ...defaultTimings, ...options.timings };
  const stopping = new AbortController();
  // Every call that hangs or is slow, and every open page, listens.
  setMaxListeners(0, stopping.signal);
  const world = new World(options.accounts, clock, random);
  const post = new WebhookPost({ clock, random, timings, webhookUrl: options.webhookUrl });
  const courier = new Courier({ world, post, logger, timings });
  const reports = new ReportDesk({ world, post, clock, logger, random, timings });
  const conduct = new CallConduct(world);
  const tally = new CallTally();
  const api = new PlatformApi({
    world,
    reports,
    random,
    dailyLimits: options.dailyLimits ?? {},
    massRepeatPauseMs: timings.massRepeatPauseMs,
    mediaAddress: (mediaId) => `${sandboxPath}/api/media/${mediaId}`,
  });
  const pictureUrl = (accountId: string, file: string) =>
    new URL(`${sandboxPath}/${file}`, options.webhookUrl(accountId)).href;
  const actions = new CitizenActions({ world, courier, clock, pictureUrl });
  const payBase = (accountId: string) => new URL(`${sandboxPath}/pay`, options.webhookUrl(accountId)).href;
  const pay = new PayDesk({
    world,
    clock,
    logger,
    random,
    apiBase: payBase,
    stopping: stopping.signal,
    answerDeadlineMs: timings.answerDeadlineMs,
  });
  const stateFile = options.stateFile
    ? new StateFile(options.stateFile, timings.saveDelayMs, logger)
    : undefined;

  return {
    router: createRouter(),
    api,
    world,
    reports,
    conduct,
    tally,
    actions,
    pay,
    async start() {
      const saved = await stateFile?.load();
      if (saved) world.restore(saved);
      if (stateFile) world.onChange(() => stateFile.schedule(() => world.snapshot()));
      await pay.start();
    },
    async stop() {
      stopping.abort();
      await stateFile?.save(world.snapshot());
    },
    async settled() {
      await courier.settled();
      await reports.settled();
    },
  };

  function createRouter(): Router {
    const platform = createPlatformRouter({
      prefix: `${sandboxPath}/platform`,
      api,
      conduct,
      tally,
      clock,
      stopping: stopping.signal,
    });
    const phone = createPhoneRouter({
      prefix: `${sandboxPath}/api`,
      world,
      actions,
      media: api.media,
      clock,
      endpoints: [...endpointPaths, ...payEndpoints.map(({ path }) => path)],
      pagePrefix: sandboxPath,
      stopping: stopping.signal,
    });
    const authorize = createAuthorizeRouter({ prefix: sandboxPath, world, api, clock, random });
    const payments = createPayRouter({
      prefix: `${sandboxPath}/pay`,
      api: new PayApi({ world, desk: pay, clock, apiBase: payBase }),
      conduct,
      tally,
      clock,
      stopping: stopping.signal,
    });
    const paySheet = createPaySheetRouter({ prefix: `${sandboxPath}/api/pay`, world, pay, clock });
    const page = pageRouter({ prefix: sandboxPath, folder: options.pageFolder ?? builtPage });
    const router = new Router();
    router.use(requireLoopback());
    for (const part of [platform, payments, paySheet, phone, authorize, page]) router.use(part.routes());
    return router;
  }
}
