import { z } from 'zod';
import type { ApiError } from '../../shared/api-error.js';

/** An item that somebody else has changed while it was edited here. */
export interface Conflict {
  /** Their name. */
  by: string;
  /** ISO 8601. */
  at: string;
  /** To be sent as `baseVersion` once it is settled. */
  version: number;
  mine: unknown;
  /** null: they removed it. */
  theirs: unknown;
  /** What both began with; undefined where more than one change lies between. */
  base: unknown;
}

export type Side = 'mine' | 'theirs';

/** A field in which the two versions differ; an item that is no record is one field without a name. */
export interface FieldConflict {
  field: string;
  mine: unknown;
  theirs: unknown;
  /** Who changed it; `both` also where that is not known. */
  by: Side | 'both';
}

const detailsSchema = z.object({
  updatedBy: z.string(),
  updatedAt: z.string(),
  version: z.int(),
  theirs: z.unknown(),
  base: z.unknown().optional(),
});

/**
 * The conflict that a refused save tells of; undefined: it was refused for something else.
 * @param pinned fields of which theirs count in any case.
 */
export function readConflict(
  error: Pick<ApiError, 'code' | 'details'>,
  mine: unknown,
  pinned: readonly string[] = [],
): Conflict | undefined {
  if (error.code !== 'item_changed') return undefined;
  const read = detailsSchema.safeParse(error.details);
  if (!read.success) return undefined;
  const { updatedBy: by, updatedAt: at, version, theirs, base } = read.data;
  const own = theirs === null ? mine : takeFields(mine, theirs, pinned);
  return { by, at, version, mine: own, theirs, base };
}

/** Mine, with these fields of theirs. */
export function takeFields(mine: unknown, theirs: unknown, fields: readonly string[]): unknown {
  return mergeFields({ mine, theirs }, Object.fromEntries(fields.map((field) => [field, 'theirs'])));
}

/** The fields in which the versions differ. */
export function compareFields({
  mine,
  theirs,
  base,
}: Pick<Conflict, 'mine' | 'theirs' | 'base'>): FieldConflict[] {
  if (!isRecord(mine) || !isRecord(theirs)) {
    return isSame(mine, theirs) ? [] : [{ field: '', mine, theirs, by: 'both' }];
  }
  return [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
    .filter((field) => !isSame(mine[field], theirs[field]))
    .map((field) => ({
      field,
      mine: mine[field],
      theirs: theirs[field],
      by: isRecord(base) ? whoChanged(base[field], mine[field], theirs[field]) : 'both',
    }));
}

/** Each changed by one: theirs where only they did, else mine. */
export function proposeSides(fields: readonly FieldConflict[]): Record<string, Side> {
  return Object.fromEntries(fields.map(({ field, by }) => [field, by === 'theirs' ? 'theirs' : 'mine']));
}

/** The item with each field of the side that was chosen. */
export function mergeFields(
  { mine, theirs }: Pick<Conflict, 'mine' | 'theirs'>,
  sides: Readonly<Record<string, Side>>,
): unknown {
  if (!isRecord(mine) || !isRecord(theirs)) return sides[''] === 'theirs' ? theirs : mine;
  const merged: Record<string, unknown> = {};
  for (const field of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const value = (sides[field] === 'theirs' ? theirs : mine)[field];
    if (value !== undefined) merged[field] = value;
  }
  return merged;
}

function whoChanged(base: unknown, mine: unknown, theirs: unknown): FieldConflict['by'] {
  if (isSame(base, mine)) return 'theirs';
  return isSame(base, theirs) ? 'mine' : 'both';
}

/** Whether two values say the same; an empty list says as much as none. */
export function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  return JSON.stringify(value, (_, part: unknown) =>
    isRecord(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
