import { z } from 'zod';
import { segmentSchema, type SegmentView } from '../../../../api-types/audience.js';
import type { ApiError } from '../../../shared/api-error.js';

const detailsSchema = z.object({ theirs: segmentSchema });

/** The segment that somebody else has saved meanwhile; undefined: it was refused for something else. */
export function readSegmentConflict({
  code,
  details,
}: Pick<ApiError, 'code' | 'details'>): SegmentView | undefined {
  return code === 'revision_conflict' ? detailsSchema.safeParse(details).data?.theirs : undefined;
}
