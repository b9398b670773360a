import type { CitizenState, CountedChannel } from '../../../src/sandbox/account-state.js';
import { platformDay } from '../../../src/sandbox/platform/call-quotas.js';
import { openServiceWindow } from '../../../src/sandbox/service-windows.js';
import type { CitizenChange, PlatformCounts } from './platform-protocol.js';

/** Makes a citizen of the simulated platform what a test needs. `now`: milliseconds since the epoch. */
export function alterCitizen(citizen: CitizenState, change: CitizenChange, now: number): void {
  const { following, blacklisted, refusesMessages, hasWritten, consents, massReceived } = change;
  citizen.following = following ?? citizen.following;
  citizen.blacklisted = blacklisted ?? citizen.blacklisted;
  citizen.refusesMessages = refusesMessages ?? citizen.refusesMessages;
  citizen.consents = consents ?? citizen.consents;
  if (hasWritten) openServiceWindow(citizen, 'message', now);
  if (massReceived !== undefined) citizen.mass = { month: platformDay(now).slice(0, 7), count: massReceived };
}

/** What all of them received, by channel. */
export function countReceived(citizens: readonly CitizenState[]): PlatformCounts['received'] {
  const count = (channel: CountedChannel) => {
    const counts = { messages: 0, citizens: 0, most: 0 };
    for (const { received } of citizens) {
      const messages = received[channel];
      counts.messages += messages;
      counts.citizens += messages > 0 ? 1 : 0;
      counts.most = Math.max(counts.most, messages);
    }
    return counts;
  };
  return {
    customer_service: count('customer_service'),
    subscription: count('subscription'),
    template: count('template'),
    mass: count('mass'),
  };
}
