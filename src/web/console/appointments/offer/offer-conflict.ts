import { z } from 'zod';
import type { ApiError } from '../../../shared/api-error.js';

/** Somebody else has saved it while it was edited here. */
export interface OfferConflict {
  by: string;
  /** ISO 8601. */
  at: string;
  version: number;
  theirs: unknown;
}

const detailsSchema = z.object({
  updatedBy: z.string(),
  updatedAt: z.iso.datetime(),
  version: z.int(),
  theirs: z.unknown(),
});

/** undefined: it was refused for something else, or there is nothing any more that could be compared. */
export function readOfferConflict({
  code,
  details,
}: Pick<ApiError, 'code' | 'details'>): OfferConflict | undefined {
  if (code !== 'version_conflict') return undefined;
  const read = detailsSchema.safeParse(details);
  if (!read.success) return undefined;
  const { updatedBy: by, updatedAt: at, version, theirs } = read.data;
  return { by, at, version, theirs };
}
