/** Staff, their sessions and their requests, as the staff API shows them. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { staffRoles } from '../core/permissions.js';

export const usernameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{2,31}$/i, '用户名为 3–32 个字母、数字、点、横线，以字母或数字开头');

const personNameSchema = z.string().trim().min(1).max(30);
/** Six digits of the authenticator app. */
const codeSchema = z.string().regex(/^\d{6}$/, '验证码是 6 位数字');
const passwordSchema = z.string().min(1).max(200);
const roleSchema = z.enum(staffRoles);
const personSchema = z.object({ staffId: z.string(), name: z.string() });

export const roleGrantSchema = z.strictObject({
  /** An account, or `*` for all of them. */
  accountId: z.string().min(1).max(64),
  role: roleSchema,
  department: z.string().trim().min(1).max(50).exactOptional(),
});

const rolesSchema = z.array(roleGrantSchema).max(100);

export const signInSchema = z.strictObject({
  username: z.string().min(1).max(64),
  password: passwordSchema,
  code: codeSchema.exactOptional(),
});

export const sessionViewSchema = z.object({
  staffId: z.string(),
  username: z.string(),
  name: z.string(),
  roles: z.array(roleGrantSchema),
  /** What the person may do in every account. */
  permissions: z.array(z.string()),
  /** Until it is done, nothing else is possible. */
  mustChangePassword: z.boolean(),
  /** Two-step sign-in is on. */
  totp: z.boolean(),
  sessionId: z.string(),
  /** To be sent back in `X-CSRF-Token` with every mutation. */
  csrfToken: z.string(),
});

export const passwordChangeSchema = z.strictObject({ current: passwordSchema, next: passwordSchema });
export const passwordProofSchema = z.strictObject({ password: passwordSchema });
export const totpCodeSchema = z.strictObject({ code: codeSchema });
/** For the authenticator app: to be typed, and as the address in a QR code. */
export const totpSecretSchema = z.object({ secret: z.string(), uri: z.string() });

export const sessionListSchema = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      /** The one that asks. */
      current: z.boolean(),
      address: z.string(),
      agent: z.string(),
      createdAt: z.iso.datetime(),
      lastSeenAt: z.iso.datetime(),
      expiresAt: z.iso.datetime(),
    }),
  ),
});

export const accountListSchema = z.object({
  accounts: z.array(
    z.object({
      accountId: z.string(),
      name: z.string(),
      /** What the person who asks may do there. */
      permissions: z.array(z.string()),
    }),
  ),
});

const staffStatusSchema = z.enum(['active', 'suspended']);

export const staffQuerySchema = z.strictObject({
  accountId: z.string().max(64).optional(),
  status: staffStatusSchema.optional(),
  role: roleSchema.optional(),
  /** Occurs in the name or in the username. */
  text: z.string().trim().min(1).max(64).optional(),
  /** The `next` of the page before. */
  after: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const staffPageSchema = z.object({
  staff: z.array(
    z.object({
      id: z.string(),
      username: z.string(),
      name: z.string(),
      status: staffStatusSchema,
      roles: z.array(roleGrantSchema),
      totp: z.boolean(),
      mustChangePassword: z.boolean(),
      createdAt: z.iso.datetime(),
    }),
  ),
  next: z.string().nullable(),
});

export const revokedSessionsSchema = z.object({ revoked: z.int() });

const staffIdShape = { staffId: z.string().min(1).max(64) };

export const staffRequestDetailsSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('invite'),
    username: usernameSchema,
    name: personNameSchema,
    roles: rolesSchema.min(1),
  }),
  z.strictObject({ kind: z.literal('change_roles'), ...staffIdShape, roles: rolesSchema }),
  z.strictObject({ kind: z.literal('suspend'), ...staffIdShape }),
  z.strictObject({ kind: z.literal('reactivate'), ...staffIdShape }),
  z.strictObject({
    kind: z.literal('reset_password'),
    ...staffIdShape,
    /** The phone with the authenticator is lost, too. */
    removeTotp: z.boolean().default(false),
  }),
]);

export const newStaffRequestSchema = z.strictObject({
  details: staffRequestDetailsSchema,
  reason: z.string().trim().min(1).max(500),
});

export const staffRequestsQuerySchema = z.strictObject({
  /** Whether a second administrator may still decide; absent: both. */
  open: z.enum(['true', 'false']).optional(),
  /** The `next` of the page before. */
  after: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const staffRequestSchema = z.object({
  id: z.string(),
  details: staffRequestDetailsSchema,
  /** Whom it is about, as they are now; somebody who is to be invited has no roles yet. */
  person: z.object({ username: z.string(), name: z.string(), roles: z.array(roleGrantSchema) }),
  reason: z.string(),
  by: personSchema,
  at: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  state: z.enum(['pending', 'approved', 'refused', 'withdrawn', 'expired']),
  decision: z
    .object({
      by: personSchema,
      at: z.iso.datetime(),
      /** Why it was refused, for whoever asked. */
      reason: z.string().nullable(),
    })
    .nullable(),
});

export const staffRequestPageSchema = z.object({
  requests: z.array(staffRequestSchema),
  next: z.string().nullable(),
});

/** Refusing one's own request withdraws it. */
export const verdictSchema = z.discriminatedUnion('verdict', [
  z.strictObject({ verdict: z.literal('approve') }),
  z.strictObject({
    verdict: z.literal('refuse'),
    /** Why, for whoever asked. */
    reason: z.string().trim().min(1).max(500).exactOptional(),
  }),
]);

export const decidedSchema = z.object({
  request: staffRequestSchema,
  /** Of the person invited or whose password was reset; shown this once. */
  oneTimePassword: z.string().nullable(),
});

export const demoSignInsSchema = z.object({
  signIns: z.array(
    z.object({ username: z.string(), password: z.string(), name: z.string(), roles: z.array(roleSchema) }),
  ),
});

export type SessionView = z.output<typeof sessionViewSchema>;
export type StaffMemberView = z.output<typeof staffPageSchema>['staff'][number];
export type RoleGrantView = z.output<typeof roleGrantSchema>;
export type StaffRequestView = z.output<typeof staffRequestSchema>;
export type StaffVerdict = z.input<typeof verdictSchema>;
export type NewStaffRequest = z.input<typeof newStaffRequestSchema>;
