import { randomText } from '../random-text.js';
import { oauthRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

interface IssuedCode {
  accountId: string;
  openid: string;
  isSnapshot: boolean;
  expiresAt: number;
  isUsed: boolean;
}

/** The codes that bring a browser back from the sign-in page: each good for one exchange, within five minutes. */
export class OauthCodes {
  readonly #issued = new Map<string, IssuedCode>();

  constructor(private readonly random: () => number) {}

  issue(accountId: string, openid: string, isSnapshot: boolean, now: number): string {
    for (const [code, { expiresAt }] of this.#issued) if (expiresAt <= now) this.#issued.delete(code);
    const code = `0${randomText(this.random, 31)}`;
    const expiresAt = now + oauthRules.codeLifeMs;
    this.#issued.set(code, { accountId, openid, isSnapshot, expiresAt, isUsed: false });
    return code;
  }

  /** @throws PlatformRefusal 41008 absent, 40029 unknown, expired or another account's, 40163 used. */
  redeem(accountId: string, code: string | null, now: number): { openid: string; isSnapshot: boolean } {
    if (!code) throw new PlatformRefusal(41008);
    const issued = this.#issued.get(code);
    if (!issued || issued.accountId !== accountId || issued.expiresAt <= now)
      throw new PlatformRefusal(40029);
    if (issued.isUsed) throw new PlatformRefusal(40163);
    issued.isUsed = true;
    const { openid, isSnapshot } = issued;
    return { openid, isSnapshot };
  }
}
