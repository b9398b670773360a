import { OperationalError } from './core/errors.js';
import type { ContentFeature } from './features/content/content-feature.js';
import type { Logger } from './observability/logger.js';
import type { WechatAccount } from './wechat/account.js';

/** An account without a release begins with the content that lies beside the program; what staff published stays. */
export async function seedContent(
  content: ContentFeature,
  accounts: readonly WechatAccount[],
  contentRoot: string,
  logger: Logger,
): Promise<void> {
  for (const { accountId } of accounts) {
    if (await content.seed(contentRoot, accountId))
      logger.info({ account: accountId }, 'first start: the content beside the program is published');
  }
}

/** @throws OperationalError `no_release` */
export function requireReleases(
  accounts: readonly WechatAccount[],
  currentRelease: (accountId: string) => unknown,
): void {
  const without = accounts.filter(({ accountId }) => !currentRelease(accountId));
  if (without.length === 0) return;
  throw new OperationalError(
    'no_release',
    `nothing is published for ${without.map(({ accountId }) => accountId).join(', ')}`,
  );
}
