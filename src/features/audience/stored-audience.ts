import { businessDay, timeOfDay } from '../../core/business-day.js';
import type {
  BookedOpenids,
  BookedVisit,
  BookingCondition,
  VisitCondition,
} from '../appointments/booked-openids.js';
import type { OfferReader } from '../appointments/offer-reader.js';
import type { Follower, FollowerRegister } from '../citizens/follower-register.js';
import { toAudienceQuery, type AudienceQuery } from './audience-query.js';
import type { AudiencePage, AudienceReader, RecipientFacts } from './audience-reader.js';
import { placeholderNames } from './audience-texts.js';
import type { SegmentCondition, SegmentRules } from './segment.js';

export interface StoredAudienceParts {
  followers: FollowerRegister;
  booked: BookedOpenids;
  offers: Pick<OfferReader, 'services' | 'venues'>;
}

/** Openids that are looked up at a time. */
const perLook = 5_000;

/** Followers and what is known of them, as a notice's recipients. */
export interface AudienceMember {
  follower: Follower;
  values: Readonly<Record<string, string>>;
}

/**
 * Audiences as the database has them now. Where bookings decide, they are read first, because they are few; everybody
 * else comes page by page from the followers.
 */
export class StoredAudience implements AudienceReader {
  readonly #parts: StoredAudienceParts;

  constructor(parts: StoredAudienceParts) {
    this.#parts = parts;
  }

  count(accountId: string, rules: SegmentRules): Promise<number> {
    return this.#count(accountId, toAudienceQuery(rules));
  }

  /** Of those who are counted: whom the platform has refused to reach for good. */
  countUnreachable(accountId: string, rules: SegmentRules): Promise<number> {
    const { filter, bookings } = toAudienceQuery(rules);
    return this.#count(accountId, { filter: { ...filter, isUnreachable: true }, bookings });
  }

  async list(
    accountId: string,
    rules: SegmentRules,
    page: { after?: string; limit: number },
  ): Promise<AudiencePage> {
    const { members, next } = await this.listMembers(accountId, rules, page);
    return { recipients: members.map(toRecipient), next };
  }

  async findMany(accountId: string, openids: readonly string[]): Promise<RecipientFacts[]> {
    const found = await this.#parts.followers.findMany(accountId, openids);
    return found.map((follower) => toRecipient({ follower, values: ownValues(follower) }));
  }

  placeholders({ conditions }: SegmentRules): readonly string[] {
    const { district, ...ofBooking } = placeholderNames;
    return conditions.some(isOfVisit) ? [district, ...Object.values(ofBooking)] : [district];
  }

  /** As `list`, with everything that is known of each follower. */
  async listMembers(
    accountId: string,
    rules: SegmentRules,
    { after, limit }: { after?: string; limit: number },
  ): Promise<{ members: AudienceMember[]; next: string | null }> {
    const found = await this.#page(accountId, toAudienceQuery(rules), after, limit);
    const visits = await this.#describeVisits(accountId, rules, found);
    const members = found.map((follower) => ({
      follower,
      values: { ...ownValues(follower), ...visits.get(follower.openid) },
    }));
    return { members, next: found.length < limit ? null : (found.at(-1)?.openid ?? null) };
  }

  async #count(accountId: string, { filter, bookings }: AudienceQuery): Promise<number> {
    const { followers } = this.#parts;
    const [first, ...others] = bookings;
    if (!first) return followers.count(accountId, filter);
    let count = 0;
    for (let after: string | undefined = ''; after !== undefined;) {
      const look = await this.#lookFor(accountId, first, others, after);
      count += await followers.count(accountId, { ...filter, openids: look.openids });
      after = look.next;
    }
    return count;
  }

  async #page(
    accountId: string,
    { filter, bookings }: AudienceQuery,
    after: string | undefined,
    limit: number,
  ): Promise<Follower[]> {
    const { followers } = this.#parts;
    const [first, ...others] = bookings;
    if (!first) return followers.list(accountId, filter, { limit, ...(after !== undefined && { after }) });
    const found: Follower[] = [];
    for (let behind: string | undefined = after ?? ''; behind !== undefined && found.length < limit;) {
      const look = await this.#lookFor(accountId, first, others, behind);
      const some = { ...filter, openids: look.openids };
      found.push(...(await followers.list(accountId, some, { limit: limit - found.length })));
      behind = look.next;
    }
    return found;
  }

  /** The next openids to which all conditions apply. @returns where to go on; undefined: nowhere */
  async #lookFor(
    accountId: string,
    first: BookingCondition,
    others: readonly BookingCondition[],
    after: string,
  ): Promise<{ openids: string[]; next: string | undefined }> {
    const { booked } = this.#parts;
    let openids = await booked.list(accountId, first, { after, limit: perLook });
    const next = openids.length < perLook ? undefined : openids.at(-1);
    for (const condition of others) openids = await booked.list(accountId, condition, { among: openids });
    return { openids, next };
  }

  /** By openid: what a notice may call by name about the booking that the rules speak of first. */
  async #describeVisits(
    accountId: string,
    { conditions }: SegmentRules,
    found: readonly Follower[],
  ): Promise<ReadonlyMap<string, Record<string, string>>> {
    const condition = conditions.find(isOfVisit);
    if (!condition || found.length === 0) return new Map();
    const { booked, offers } = this.#parts;
    const openids = found.map(({ openid }) => openid);
    const [visits, services, venues] = await Promise.all([
      booked.firstVisits(accountId, condition, openids),
      offers.services(accountId),
      offers.venues(accountId),
    ]);
    const nameIn = (all: readonly { id: string; name: string }[], id: string) =>
      all.find((one) => one.id === id)?.name ?? id;
    const valuesOf = ({ service, venue, startsAt }: BookedVisit) => ({
      [placeholderNames.service]: nameIn(services, service),
      [placeholderNames.venue]: nameIn(venues, venue),
      [placeholderNames.time]: sayTime(startsAt),
    });
    return new Map(visits.map((visit) => [visit.openid, valuesOf(visit)]));
  }
}

function isOfVisit(condition: SegmentCondition): condition is SegmentCondition & VisitCondition {
  return condition.kind === 'booked' || condition.kind === 'closed_visit';
}

function toRecipient({ follower, values }: AudienceMember): RecipientFacts {
  const { openid, subscribed, unreachable } = follower;
  return { openid, subscribed, unreachable: unreachable?.reason, values };
}

function ownValues({ district }: Follower): Record<string, string> {
  return district === undefined ? {} : { [placeholderNames.district]: district };
}

/** `2026年11月23日 09:00`, which a `time` field of a template takes, too. */
function sayTime(at: Date): string {
  const [year = '', month, date] = businessDay(at.getTime()).split('-');
  return `${year}年${Number(month)}月${Number(date)}日 ${timeOfDay(at.getTime())}`;
}
