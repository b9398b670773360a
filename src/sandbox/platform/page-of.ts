import type { CitizenState } from '../account-state.js';
import { PlatformRefusal } from './platform-refusal.js';

/**
 * One page of a list of openids, after the openid `after`; `next` is the last of the page, as the platform has it.
 * @throws PlatformRefusal 40003 for a place to go on that is not in the list.
 */
export function pageOf(
  citizens: readonly CitizenState[],
  after: string,
  size: number,
): { count: number; data: { data?: { openid: string[] } }; next: string } {
  const start = after === '' ? 0 : citizens.findIndex(({ openid }) => openid === after) + 1;
  if (after !== '' && start === 0) throw new PlatformRefusal(40003);
  const openids = citizens.slice(start, start + size).map(({ openid }) => openid);
  return {
    count: openids.length,
    data: openids.length > 0 ? { data: { openid: openids } } : {},
    next: openids.at(-1) ?? '',
  };
}
