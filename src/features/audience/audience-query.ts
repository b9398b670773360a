import { addDays, instantOf } from '../../core/business-day.js';
import type { BookingCondition } from '../appointments/booked-openids.js';
import type { FollowerFilter } from '../citizens/follower-register.js';
import type { SegmentCondition, SegmentRules } from './segment.js';

/** The rules of a segment, sorted by who can answer them. */
export interface AudienceQuery {
  filter: FollowerFilter;
  bookings: readonly BookingCondition[];
}

export function toAudienceQuery({ conditions }: SegmentRules): AudienceQuery {
  const start: AudienceQuery = { filter: { tags: [] }, bookings: [] };
  return conditions.reduce((query, condition) => narrow(query, condition), start);
}

function narrow({ filter, bookings }: AudienceQuery, condition: SegmentCondition): AudienceQuery {
  switch (condition.kind) {
    case 'tag':
      return { bookings, filter: { ...filter, tags: [...filter.tags, condition.tagIds] } };
    case 'district': {
      const { districts: before } = filter;
      const districts = condition.districts.filter((one) => before === undefined || before.includes(one));
      return { bookings, filter: { ...filter, districts } };
    }
    case 'followed':
      return { bookings, filter: { ...filter, ...followedWithin(filter, condition) } };
    case 'used_service':
    case 'booked':
    case 'closed_visit':
      return { filter, bookings: [...bookings, condition] };
  }
}

function followedWithin(
  { followedFrom, followedBefore }: FollowerFilter,
  { from, to }: SegmentCondition & { kind: 'followed' },
): Pick<FollowerFilter, 'followedFrom' | 'followedBefore'> {
  const starts = [followedFrom, from === undefined ? undefined : instantOf(from, '00:00')];
  const ends = [followedBefore, to === undefined ? undefined : instantOf(addDays(to, 1), '00:00')];
  const latest = inOrder(starts).at(-1);
  const earliest = inOrder(ends).at(0);
  return { ...(latest && { followedFrom: latest }), ...(earliest && { followedBefore: earliest }) };
}

function inOrder(dates: readonly (Date | undefined)[]): Date[] {
  return dates.filter((date) => date !== undefined).toSorted((a, b) => a.getTime() - b.getTime());
}
