import type { LocationQuery } from 'vue-router';
import { z } from 'zod';
import type { SegmentConditionView, SegmentView } from '../../../../api-types/audience.js';
import { visitOn } from '../../audience/condition-words.js';
import type { NoticeForm } from './notice-form.js';

const querySchema = z.object({
  segment: z.string().optional().catch(undefined),
  booked: z.iso.date().optional().catch(undefined),
  closed: z.iso.date().optional().catch(undefined),
  venue: z.string().max(64).optional().catch(undefined),
  service: z.string().max(64).optional().catch(undefined),
});

/**
 * Fills in whom a notice is for, as the link says that leads to the page: `?segment=<id>`, `?booked=<day>` or
 * `?closed=<day>`, the latter two with `&venue=<id>&service=<id>` where only one is meant.
 */
export function startFrom(form: NoticeForm, query: LocationQuery, segments: readonly SegmentView[]): void {
  const { segment: segmentId, booked, closed, venue, service } = querySchema.parse(query);
  const segment = segments.find(({ id }) => id === segmentId);
  if (segment)
    form.audience = {
      ...form.audience,
      kind: 'segment',
      segmentId: segment.id,
      conditions: [...segment.conditions],
    };
  else if (closed !== undefined) aimAt(form, visitOn('closed_visit', closed, venue, service));
  else if (booked !== undefined) aimAt(form, visitOn('booked', booked, venue, service));
}

function aimAt(form: NoticeForm, condition: SegmentConditionView): void {
  form.audience = { ...form.audience, kind: 'segment', segmentId: '', conditions: [condition] };
}
