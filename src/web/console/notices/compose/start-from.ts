import type { LocationQuery } from 'vue-router';
import { z } from 'zod';
import type { SegmentView } from '../../../../api-types/audience.js';
import { bookedOn } from '../../audience/condition-words.js';
import type { NoticeForm } from './notice-form.js';

const querySchema = z.object({
  segment: z.string().optional().catch(undefined),
  booked: z.iso.date().optional().catch(undefined),
  venue: z.string().max(64).optional().catch(undefined),
});

/** Fills in whom a notice is for, as the link says that leads to the page: `?segment=<id>` or `?booked=<day>&venue=<id>`. */
export function startFrom(form: NoticeForm, query: LocationQuery, segments: readonly SegmentView[]): void {
  const { segment: segmentId, booked, venue } = querySchema.parse(query);
  const segment = segments.find(({ id }) => id === segmentId);
  if (segment)
    form.audience = {
      ...form.audience,
      kind: 'segment',
      segmentId: segment.id,
      conditions: [...segment.conditions],
    };
  else if (booked !== undefined)
    form.audience = {
      ...form.audience,
      kind: 'segment',
      segmentId: '',
      conditions: [bookedOn(booked, venue, undefined)],
    };
}
