import { join } from 'node:path';
import type { AppConfig } from './config.js';
import type { Clock } from './core/clock.js';
import { describeError } from './core/errors.js';
import type { Release } from './dialog/release.js';
import { toPlatformMenu } from './features/content/platform-menu.js';
import type { Logger } from './observability/logger.js';
import { createSandbox, type Sandbox } from './sandbox/sandbox.js';
import type { WechatAccount } from './wechat/account.js';
import type { WechatClient } from './wechat/client/wechat-client.js';

type CurrentRelease = (accountId: string) => Release | undefined;

/** @param base the address under which this process reaches itself. */
export function makeSandbox(
  {
    config,
    accounts,
    logger,
    clock,
  }: { config: AppConfig; accounts: readonly WechatAccount[]; logger: Logger; clock: Clock },
  currentRelease: CurrentRelease,
  base: string,
): Sandbox {
  return createSandbox({
    accounts: accounts.map((account) => {
      const release = currentRelease(account.accountId);
      return {
        account,
        name: release?.content.settings.name ?? account.accountId,
        scenes: release?.content.scenes ?? [],
      };
    }),
    clock,
    logger,
    random: Math.random,
    webhookUrl: (accountId) => `${base}/wechat/${accountId}`,
    stateFile: join(config.dataDir, 'sandbox.json'),
  });
}

/** The simulated platform begins without buttons; a real account's are put up with `npm run publish-content`. */
export async function showButtonMenus(
  clients: ReadonlyMap<string, WechatClient>,
  currentRelease: CurrentRelease,
  logger: Logger,
): Promise<void> {
  for (const [accountId, client] of clients) {
    const buttons = currentRelease(accountId)?.content.buttons ?? [];
    if (buttons.length === 0) continue;
    await client.createMenu(toPlatformMenu(buttons)).catch((error: unknown) => {
      logger.warn(
        { account: accountId, reason: describeError(error) },
        'the button menu could not be put up',
      );
    });
  }
}
