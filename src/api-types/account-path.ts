import { z } from 'zod';

/** What the paths below `/accounts/:accountId` have in common. */
export const accountPathSchema = z.object({ accountId: z.string() });
