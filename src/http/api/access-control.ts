import type { Actor } from '../../core/actor.js';
import type { RoleGrant } from '../../core/permissions.js';

/** A member of staff whose session is good. */
export interface Visitor {
  staffId: string;
  name: string;
  roles: readonly RoleGrant[];
  sessionId: string;
  /** Until it is done, only the routes marked `evenBeforePasswordChange` answer. */
  mustChangePassword: boolean;
}

/** Somebody tried what they may not do. */
export interface RefusedAttempt {
  actor: Actor;
  /** The account named in the path, or `systemAccount`. */
  accountId: string;
  /** `POST /api/v1/…`, the declared path. */
  route: string;
  /** The error code of the refusal. */
  code: string;
}

/** What the API must know about the staff. */
export interface AccessControl {
  /** Whose session the token opens; null where it is unknown, expired or revoked. */
  identify(token: string): Promise<Visitor | null>;
  /** Keeps the attempt in the audit trail. */
  recordRefusal(attempt: RefusedAttempt): Promise<void>;
  /** Whether this official account is served here; `systemAccount` counts as one. */
  isAccount(accountId: string): boolean;
}
