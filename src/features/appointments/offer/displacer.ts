import type { Appointment } from '../appointment.js';
import type { OfferWatcher } from './offer-watcher.js';
import { offerTexts } from './offer-texts.js';
import type { Slot } from '../slot.js';

export interface DisplacerParts {
  desk: {
    listToDisplace(accountId: string, limit: number): Promise<Appointment[]>;
    displace(accountId: string, appointmentId: string, because: string): Promise<boolean>;
  };
  slots: { find(accountId: string, slotId: string): Promise<Slot | null> };
  watcher: Pick<OfferWatcher, 'displaced'>;
}

/** People per reading. */
const batchSize = 100;

/**
 * Moves out, one by one, whoever stands in a closed slot. It needs no memory: who still stands there is who has still
 * to be told, so that it carries on wherever a process ended.
 *
 * @returns how many were moved out.
 */
export async function displaceAll(
  { desk, slots, watcher }: DisplacerParts,
  accountId: string,
  signal: AbortSignal,
): Promise<number> {
  let displaced = 0;
  while (!signal.aborted) {
    const found = await desk.listToDisplace(accountId, batchSize);
    let moved = 0;
    for (const { appointmentId, slotId } of found) {
      if (signal.aborted) break;
      const slot = slotId === undefined ? null : await slots.find(accountId, slotId);
      if (await desk.displace(accountId, appointmentId, slot?.closed ?? offerTexts.closedDay)) moved += 1;
    }
    displaced += moved;
    // None although some were read: another process is at it.
    if (moved === 0) break;
  }
  if (displaced > 0) watcher.displaced(accountId, displaced);
  return displaced;
}
