import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../core/clock.js';
import type { CitizenSessionStore } from './citizen-session-store.js';

const minute = 60_000;

/** Signing in again costs a citizen nothing but a redirect, so sessions are short. */
export const citizenSessionLimits = {
  /** Milliseconds without a request until a session ends. */
  idleMs: 2 * 60 * minute,
  /** Milliseconds from the sign-in until it ends in any case. */
  absoluteMs: 12 * 60 * minute,
} as const;

/** How exact the record of the last request is: one write in five minutes is enough. */
const touchEveryMs = 5 * minute;

export interface CitizenSessionsParts {
  sessions: CitizenSessionStore;
  clock: Clock;
}

/** Which citizen a browser belongs to. */
export class CitizenSessions {
  readonly #parts: CitizenSessionsParts;

  constructor(parts: CitizenSessionsParts) {
    this.#parts = parts;
  }

  /** Begins a session. @returns the token, which is nowhere else. */
  async open(accountId: string, openid: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    const now = this.#parts.clock.now();
    const until = new Date(now + citizenSessionLimits.absoluteMs);
    await this.#parts.sessions.insert({
      accountId,
      openid,
      tokenHash: hashOf(token),
      createdAt: new Date(now),
      lastSeenAt: new Date(now),
      expiresAt: expiryOf(now, until),
      until,
    });
    return token;
  }

  /** Whose session the token opens at this account; null when it has ended or is another account's. */
  async identify(accountId: string, token: string): Promise<{ accountId: string; openid: string } | null> {
    const { sessions, clock } = this.#parts;
    const now = clock.now();
    const tokenHash = hashOf(token);
    const session = await sessions.find(accountId, tokenHash, new Date(now));
    if (!session) return null;
    if (now - session.lastSeenAt.getTime() >= touchEveryMs) {
      await sessions.touch(tokenHash, {
        lastSeenAt: new Date(now),
        expiresAt: expiryOf(now, session.until),
      });
    }
    return { accountId, openid: session.openid };
  }

  close(token: string): Promise<void> {
    return this.#parts.sessions.remove(hashOf(token));
  }
}

function expiryOf(now: number, until: Date): Date {
  return new Date(Math.min(now + citizenSessionLimits.idleMs, until.getTime()));
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
