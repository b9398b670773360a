import { addDays, businessDay } from '../../../core/business-day.js';
import type { Clock } from '../../../core/clock.js';
import { OperationalError, UserError } from '../../../core/errors.js';
import type { AudienceReader } from '../../audience/audience-reader.js';
import { massPerMonth } from '../mass-call.js';
import type { MassCallStore } from '../mass-call-store.js';
import type { NoticePlatform, QuotaKind } from '../notice-platform-port.js';
import type { QuietHours } from '../quiet-hours.js';
import type { RefusalCount, RefusalCountStore } from '../refusal-counts.js';
import type { QuietHoursReader } from './notice-starter.js';

export interface QuotaBoardParts {
  platform: Pick<NoticePlatform, 'readQuota'>;
  massCalls: Pick<MassCallStore, 'countOf'>;
  refusals: Pick<RefusalCountStore, 'list'>;
  audience: Pick<AudienceReader, 'count'>;
  quietHours: QuietHoursReader;
  clock: Clock;
}

export interface ChannelQuota {
  channel: QuotaKind;
  dailyLimit: number | null;
  used: number | null;
  remaining: number | null;
  /** The code of the failure; null: none. */
  failure: string | null;
}

/** What an account may still send, and what the platform refused lately. */
export interface QuotaView {
  quotas: ChannelQuota[];
  mass: { month: string; callsToday: number; byLeft: { left: number; followers: number }[] };
  errors: RefusalCount[];
  quietHours: QuietHours | null;
}

const channels = ['customer_service', 'subscription', 'template', 'mass'] as const;
const shownDays = 7;

export class QuotaBoard {
  readonly #parts: QuotaBoardParts;

  constructor(parts: QuotaBoardParts) {
    this.#parts = parts;
  }

  async read(accountId: string): Promise<QuotaView> {
    const { refusals, quietHours, clock } = this.#parts;
    const today = businessDay(clock.now());
    const month = today.slice(0, 7);
    const [quotas, byLeft, errors, hours] = await Promise.all([
      Promise.all(channels.map((channel) => this.#readQuota(accountId, channel))),
      this.#countLeft(accountId, month),
      refusals.list(accountId, addDays(today, 1 - shownDays)),
      quietHours.readQuietHours(accountId),
    ]);
    const callsToday = quotas.find(({ channel }) => channel === 'mass')?.used ?? 0;
    return { quotas, mass: { month, callsToday, byLeft }, errors, quietHours: hours };
  }

  async #readQuota(accountId: string, channel: QuotaKind): Promise<ChannelQuota> {
    try {
      return { channel, ...(await this.#parts.platform.readQuota(accountId, channel)), failure: null };
    } catch (error) {
      if (!(error instanceof OperationalError || error instanceof UserError)) throw error;
      return { channel, dailyLimit: null, used: null, remaining: null, failure: error.code };
    }
  }

  /** Followers by how many mass messages of the month they can still get. Who got one and left is still counted. */
  async #countLeft(accountId: string, month: string) {
    const { massCalls, audience } = this.#parts;
    const [ledger, followers] = await Promise.all([
      massCalls.countOf(accountId, month),
      audience.count(accountId, { conditions: [] }),
    ]);
    const counts = Array.from({ length: massPerMonth + 1 }, () => 0);
    for (const used of ledger.values()) {
      const left = Math.max(0, massPerMonth - used);
      counts[left] = (counts[left] ?? 0) + 1;
    }
    counts[massPerMonth] = Math.max(0, followers - ledger.size);
    return counts.map((followers, left) => ({ left, followers })).reverse();
  }
}
