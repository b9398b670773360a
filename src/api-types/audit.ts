/** The audit trail as the staff API shows it. Times are ISO 8601 in UTC. */
import { z } from 'zod';

export const auditEventSchema = z.object({
  seq: z.int().min(1),
  at: z.iso.datetime(),
  accountId: z.string(),
  by: z.object({ staffId: z.string(), name: z.string() }),
  from: z.object({ address: z.string(), agent: z.string() }),
  /** `noun.verb` */
  action: z.string(),
  object: z.object({ kind: z.string(), id: z.string() }),
  changes: z
    .array(z.object({ path: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }))
    .readonly(),
  reason: z.string().optional(),
  /** SHA-256, hex: of the event before, and of this one. */
  prevHash: z.string(),
  hash: z.string(),
});

const auditFilterShape = {
  staffId: z.string().max(64).optional(),
  action: z.string().max(64).optional(),
  objectKind: z.string().max(64).optional(),
  objectId: z.string().max(200).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
};

export const auditQuerySchema = z.strictObject({
  ...auditFilterShape,
  /** The `next` of the page before. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const auditExportQuerySchema = z.strictObject({
  ...auditFilterShape,
  format: z.enum(['ndjson', 'csv']).default('ndjson'),
});

export const auditPageSchema = z.object({ events: z.array(auditEventSchema), next: z.int().nullable() });

export const auditVerificationSchema = z.discriminatedUnion('intact', [
  z.object({ intact: z.literal(true), events: z.int(), hash: z.string() }),
  /** `seq`: the first place where the chain does not hold. */
  z.object({
    intact: z.literal(false),
    seq: z.int(),
    fault: z.enum(['missing', 'altered', 'relinked', 'cut_off', 'beyond_end']),
  }),
]);

export type AuditEventView = z.output<typeof auditEventSchema>;
export type AuditFilter = Omit<z.output<typeof auditQuerySchema>, 'before' | 'limit'>;
