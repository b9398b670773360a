import { generateSecret, generateURI, verify } from 'otplib';
import type { Clock } from '../../core/clock.js';
import type { FieldCipher } from '../../core/field-cipher.js';
import { systemAccount } from '../../core/permissions.js';
import type { StaffMember, Totp } from './staff-member.js';
import { staffTexts } from './staff-texts.js';

/** Half a minute before and after: clocks of phones differ (RFC 6238, 5.2). */
const toleranceSeconds = 30;

/** Codes of authenticator apps: RFC 6238 with six digits, 30 seconds and SHA-1, the form that all apps know. */
export class TotpCodes {
  readonly #cipher: FieldCipher;
  readonly #clock: Clock;

  constructor(parts: { cipher: FieldCipher; clock: Clock }) {
    this.#cipher = parts.cipher;
    this.#clock = parts.clock;
  }

  /** A new secret: for the app, in two forms, and as it is stored. */
  enrol({ id, username }: Pick<StaffMember, 'id' | 'username'>): { secret: string; uri: string; totp: Totp } {
    const secret = generateSecret();
    const sealedSecret = this.#cipher.seal(secret, placeOf(id));
    return {
      secret,
      uri: generateURI({ issuer: staffTexts.totpIssuer, label: username, secret }),
      totp: { sealedSecret, confirmed: false, lastTimeStep: 0 },
    };
  }

  /**
   * The time step of the code, to be kept as the last one used; null when the code is wrong or not newer than the
   * last one. Two that use one code at once must be kept apart by the caller's transaction.
   */
  async accept(staffId: string, totp: Totp, code: string): Promise<number | null> {
    const secret = this.#cipher.open(totp.sealedSecret, placeOf(staffId));
    if (secret === null) return null;
    const epoch = Math.floor(this.#clock.now() / 1_000);
    const result = await verify({ secret, token: code, epoch, epochTolerance: toleranceSeconds });
    if (!result.valid || !('timeStep' in result)) return null;
    return result.timeStep > totp.lastTimeStep ? result.timeStep : null;
  }
}

function placeOf(staffId: string) {
  return { accountId: systemAccount, openid: staffId, field: 'staff.totp' };
}
