import { z } from 'zod';
import type { ApiError } from '../../shared/api-error.js';

const detailsSchema = z.object({ children: z.int() });

/** How many nodes lie below one that is not removed because of them; undefined: it was refused for something else. */
export function readChildren({ code, details }: Pick<ApiError, 'code' | 'details'>): number | undefined {
  return code === 'node_has_children' ? detailsSchema.safeParse(details).data?.children : undefined;
}
