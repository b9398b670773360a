import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '../../core/actor.js';
import type { Clock } from '../../core/clock.js';
import type { Transaction } from '../../core/transaction-runner.js';
import type { SessionStore } from './session-store.js';
import type { StaffMember } from './staff-member.js';
import type { StaffSession } from './staff-session.js';
import type { StaffStore } from './staff-store.js';

export interface SessionLimits {
  /** Milliseconds without a request until a session ends. */
  idleMs: number;
  /** Milliseconds from the sign-in until it ends in any case. */
  absoluteMs: number;
}

export interface SessionsParts {
  staff: StaffStore;
  sessions: SessionStore;
  limits: SessionLimits;
  clock: Clock;
  /** Whether demo members may sign in: the sandbox is on. */
  demoAllowed: boolean;
}

/** How exact the record of the last request is: one write a minute is enough. */
const touchEveryMs = 60_000;

/** Who is signed in, and in which browsers. */
export class Sessions {
  readonly #parts: SessionsParts;

  constructor(parts: SessionsParts) {
    this.#parts = parts;
  }

  /** Begins a session. @returns the token, which is nowhere else. */
  async open(tx: Transaction, staffId: string, from: Actor['from']): Promise<string> {
    const { limits, clock } = this.#parts;
    const token = randomBytes(32).toString('base64url');
    const now = clock.now();
    const until = new Date(now + limits.absoluteMs);
    await this.#parts.sessions.insert(tx, {
      id: randomUUID(),
      tokenHash: hashOf(token),
      staffId,
      ...from,
      createdAt: new Date(now),
      lastSeenAt: new Date(now),
      expiresAt: this.#expiry(now, until),
      until,
    });
    return token;
  }

  /** Whose session the token opens; null when it has ended or the person may not work any more. */
  async identify(token: string): Promise<{ member: StaffMember; session: StaffSession } | null> {
    const { staff, sessions, clock } = this.#parts;
    const now = clock.now();
    const session = await sessions.find(hashOf(token), new Date(now));
    const member = session && (await staff.find(session.staffId));
    if (!member || !this.maySignIn(member)) return null;
    if (now - session.lastSeenAt.getTime() >= touchEveryMs) {
      const expiresAt = this.#expiry(now, session.until);
      await sessions.touch(session.id, { lastSeenAt: new Date(now), expiresAt });
    }
    return { member, session };
  }

  maySignIn({ status, demoPassword }: StaffMember): boolean {
    return status === 'active' && (demoPassword === null || this.#parts.demoAllowed);
  }

  list(staffId: string): Promise<StaffSession[]> {
    return this.#parts.sessions.list(staffId, new Date(this.#parts.clock.now()));
  }

  /** @returns false when this person has no such session. */
  revoke(tx: Transaction, staffId: string, sessionId: string): Promise<boolean> {
    return this.#parts.sessions.remove(tx, staffId, sessionId);
  }

  /** @returns how many there were. */
  revokeAll(tx: Transaction, staffId: string): Promise<number> {
    return this.#parts.sessions.removeAll(tx, staffId);
  }

  #expiry(now: number, until: Date): Date {
    return new Date(Math.min(now + this.#parts.limits.idleMs, until.getTime()));
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
