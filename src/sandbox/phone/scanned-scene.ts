import { UserError } from '../../core/errors.js';
import { refusalTexts } from '../sandbox-texts.js';
import type { WorldAccount } from '../world.js';

export interface ScannedScene {
  scene: string;
  ticket: string;
}

/**
 * The code that a citizen scans: one made by the account, or any scene at all, as if it had been printed.
 * @throws UserError `expired_code` when all codes made for this scene have expired.
 */
export function findScene(account: WorldAccount, scene: string, now: number): ScannedScene {
  const codes = account.state.qrCodes.filter((code) => code.scene === scene);
  const valid = codes.findLast(({ expiresAt }) => expiresAt === null || expiresAt > now);
  const offered = account.offeredScenes.some((offer) => offer.scene === scene);
  if (codes.length > 0 && !valid && !offered) {
    throw new UserError('expired_code', refusalTexts.expiredCode, { status: 409 });
  }
  return { scene, ticket: valid?.ticket ?? `gQ_sandbox_${Buffer.from(scene).toString('base64url')}` };
}
