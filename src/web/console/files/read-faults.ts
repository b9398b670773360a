import { z } from 'zod';
import type { ApiError } from '../../shared/api-error.js';

const faultSchema = z.object({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  message: z.string(),
});
export type FileFault = z.output<typeof faultSchema>;
const detailsSchema = z.object({ faults: z.array(faultSchema) });

/** Why files were refused, file by file and line by line; undefined: they were refused for something else. */
export function readFaults({ code, details }: Pick<ApiError, 'code' | 'details'>): FileFault[] | undefined {
  if (code !== 'bad_content_files') return undefined;
  return detailsSchema.safeParse(details).data?.faults.toSorted(byPlace);
}

function byPlace(one: FileFault, other: FileFault): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || one.column - other.column;
}
