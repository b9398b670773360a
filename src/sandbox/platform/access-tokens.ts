import { randomText } from '../random-text.js';
import { tokenRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

interface IssuedToken {
  token: string;
  accountId: string;
  /** Refused from then on as expired (42001). */
  expiresAt: number;
  /** Refused from then on as not the latest (40001). */
  replacedAt: number;
}

/** The two calls that issue tokens never touch each other's. */
export type TokenKind = 'ordinary' | 'stable';

export interface TokenAnswer {
  access_token: string;
  expires_in: number;
}

const tokenLength = 136;

/**
 * Issues and checks access tokens as the platform does. A token that is replaced is accepted for five minutes more;
 * a stable one that is replaced twice dies at once, so two forced calls end the life of a token that leaked.
 */
export class AccessTokens {
  readonly #issued = new Map<string, IssuedToken>();
  readonly #newest = new Map<string, { current: IssuedToken; previous: IssuedToken | undefined }>();
  readonly #forcedAt = new Map<string, number[]>();

  constructor(private readonly random: () => number) {}

  /** GET /cgi-bin/token: every call makes a new one. */
  issueOrdinary(accountId: string, now: number): TokenAnswer {
    return answer(this.#replace('ordinary', accountId, now), now);
  }

  /**
   * POST /cgi-bin/stable_token: the same token until five minutes before its end, unless forced.
   * @throws PlatformRefusal 45009 after 20 forced calls of a day, 45011 within 30 s of the last.
   */
  issueStable(accountId: string, now: number, force: boolean, today: string): TokenAnswer {
    if (force) {
      this.#countForced(accountId, now, today);
      return answer(this.#replace('stable', accountId, now), now);
    }
    const current = this.#newest.get(key('stable', accountId))?.current;
    const fresh = current && now < current.expiresAt - tokenRules.overlapMs;
    return answer(fresh ? current : this.#replace('stable', accountId, now), now);
  }

  /**
   * The account that a token speaks for.
   * @throws PlatformRefusal 41001 absent, 40014 cannot be a token, 42001 expired, 40001 unknown or replaced.
   */
  check(token: string | undefined, now: number): string {
    if (!token) throw new PlatformRefusal(41001);
    if (token.length !== tokenLength) throw new PlatformRefusal(40014);
    const issued = this.#issued.get(token);
    if (!issued || (now >= issued.replacedAt && now < issued.expiresAt)) throw new PlatformRefusal(40001);
    if (now >= issued.expiresAt) throw new PlatformRefusal(42001);
    return issued.accountId;
  }

  #replace(kind: TokenKind, accountId: string, now: number): IssuedToken {
    this.#forgetExpired(now);
    const held = this.#newest.get(key(kind, accountId));
    if (held) held.current.replacedAt = now + tokenRules.overlapMs;
    if (held?.previous && kind === 'stable')
      held.previous.replacedAt = Math.min(held.previous.replacedAt, now);
    const current = {
      token: randomText(this.random, tokenLength),
      accountId,
      expiresAt: now + tokenRules.lifeMs,
      replacedAt: Infinity,
    };
    this.#issued.set(current.token, current);
    this.#newest.set(key(kind, accountId), { current, previous: held?.current });
    return current;
  }

  /** An hour after its end nobody asks why a token is refused. */
  #forgetExpired(now: number): void {
    for (const { token, expiresAt } of this.#issued.values()) {
      if (expiresAt + 3_600_000 < now) this.#issued.delete(token);
    }
  }

  #countForced(accountId: string, now: number, today: string): void {
    const counted = `${accountId} ${today}`;
    const times = this.#forcedAt.get(counted) ?? [];
    if (times.length >= tokenRules.forcedPerDay) throw new PlatformRefusal(45009);
    const last = times.at(-1);
    if (last !== undefined && now - last < tokenRules.forcedApartMs) throw new PlatformRefusal(45011);
    this.#forcedAt.set(counted, [...times, now]);
  }
}

function key(kind: TokenKind, accountId: string): string {
  return `${kind} ${accountId}`;
}

function answer(issued: IssuedToken, now: number): TokenAnswer {
  return { access_token: issued.token, expires_in: Math.floor((issued.expiresAt - now) / 1000) };
}
