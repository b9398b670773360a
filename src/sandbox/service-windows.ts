import type { CitizenState, Grant } from './account-state.js';

const minute = 60_000;

/**
 * What each trigger opens. Source: WeChat, customer-service messages, rules since 2023-06-12:
 * a message 5 in 48 hours; pressing a click or scancode button, following, scanning a QR code 3 in one minute.
 */
export const serviceWindows = {
  message: { count: 5, lastsMs: 48 * 60 * minute },
  click: { count: 3, lastsMs: minute },
  follow: { count: 3, lastsMs: minute },
  scan: { count: 3, lastsMs: minute },
} as const satisfies Record<Grant['trigger'], { count: number; lastsMs: number }>;

/** Opens the window of `trigger`, or opens it anew: the same trigger does not add up. */
export function openServiceWindow(citizen: CitizenState, trigger: Grant['trigger'], now: number): void {
  const { count, lastsMs } = serviceWindows[trigger];
  citizen.grants = citizen.grants.filter((grant) => grant.trigger !== trigger && grant.expiresAt > now);
  citizen.grants.push({ trigger, expiresAt: now + lastsMs, remaining: count });
}

/**
 * Takes one message from the window that closes first.
 * 'closed': no window is open; 'used_up': one is, but all its messages are sent.
 */
export function takeFromServiceWindow(citizen: CitizenState, now: number): 'taken' | 'closed' | 'used_up' {
  const open = citizen.grants.filter((grant) => grant.expiresAt > now);
  const grant = open
    .filter(({ remaining }) => remaining > 0)
    .sort((one, other) => one.expiresAt - other.expiresAt)[0];
  if (!grant) return open.length === 0 ? 'closed' : 'used_up';
  grant.remaining -= 1;
  return 'taken';
}
