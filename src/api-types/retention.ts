import { z } from 'zod';

/** What the nightly purge reports of each kind of personal data. */
export const kindReportsSchema = z.array(
  z.object({
    kind: z.string(),
    /** In Chinese. */
    title: z.string(),
    /** Days, or a rule in Chinese. */
    keeps: z.union([z.object({ days: z.int() }), z.object({ rule: z.string() })]),
    held: z.int(),
    /** When the record was made that goes next, UTC; null: there is none, or they do not say. */
    oldest: z.iso.datetime().nullable(),
    /** What the database ought to have deleted and the run had to. */
    overdue: z.int(),
    /** By what they were. */
    deleted: z.record(z.string(), z.int()),
  }),
);

export type KindReportView = z.output<typeof kindReportsSchema>[number];
