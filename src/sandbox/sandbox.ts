import { fileURLToPath } from 'node:url';
import { Router } from '@koa/router';
import { pageRouter } from '../http/page-router.js';
import { createAuthorizeRouter } from './authorize/authorize-router.js';
import { Courier } from './delivery/courier.js';
import { buildEventXml } from './delivery/message-xml.js';
import { requireLoopback } from './guard.js';
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
  /** Reads the state file; before the first request. */
  start(): Promise<void>;
  /** Ends the live streams and the calls that hang, and saves. */
  stop(): Promise<void>;
  /** Resolves when no message is on its way to a webhook. */
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
  const world = new World(options.accounts, clock, random);
  const courier = new Courier({ world, clock, logger, random, timings, webhookUrl: options.webhookUrl });
  const api = new PlatformApi(world, random, (account, citizen, entry, fields) =>
    courier.send({
      account,
      citizen,
      entry,
      xml: buildEventXml({ account, citizen, now: clock.now(), fields }),
      articles: 8,
      tellsFailure: false,
    }),
  );
  const pictureUrl = (accountId: string, file: string) =>
    new URL(`${sandboxPath}/${file}`, options.webhookUrl(accountId)).href;
  const actions = new CitizenActions({ world, courier, clock, pictureUrl });
  const stateFile = options.stateFile
    ? new StateFile(options.stateFile, timings.saveDelayMs, logger)
    : undefined;

  return {
    router: createRouter(),
    api,
    world,
    async start() {
      const saved = await stateFile?.load();
      if (saved) world.restore(saved);
      world.onUpdate(() => stateFile?.schedule(() => world.snapshot()));
    },
    async stop() {
      stopping.abort();
      await stateFile?.save(world.snapshot());
    },
    settled: () => courier.settled(),
  };

  function createRouter(): Router {
    const platform = createPlatformRouter({
      prefix: `${sandboxPath}/platform`,
      api,
      world,
      clock,
      stopping: stopping.signal,
    });
    const phone = createPhoneRouter({
      prefix: `${sandboxPath}/api`,
      world,
      actions,
      clock,
      endpoints: endpointPaths,
      pagePrefix: sandboxPath,
      stopping: stopping.signal,
    });
    const authorize = createAuthorizeRouter({ prefix: sandboxPath, world, api, clock, random });
    const page = pageRouter({ prefix: sandboxPath, folder: options.pageFolder ?? builtPage });
    const router = new Router();
    router.use(requireLoopback());
    for (const part of [platform, phone, authorize, page]) router.use(part.routes());
    return router;
  }
}
