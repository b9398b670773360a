import { z } from 'zod';

/** What became of a citizen's own records. */
export const erasureSchema = z.object({
  /** Records that are gone. */
  deleted: z.int(),
  /** Records of which only stays what leads back to nobody. */
  anonymised: z.int(),
  /** What stays, and why; sentences for the citizen. */
  kept: z.array(z.string()),
  /** False: the rest is being deleted and takes a few minutes. */
  isComplete: z.boolean(),
});
