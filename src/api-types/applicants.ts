/** Who registered for an activity, as the staff API shows them. Times are ISO 8601 in UTC; money is in fen. */
import { z } from 'zod';
import { registrationStates } from '../features/activities/registration.js';

const accountId = z.string();
const activityId = z.string().min(1).max(64);
const registrationId = z.string().min(1).max(64);
const instant = z.iso.datetime();
const reason = z.string().trim().min(1).max(200);
const stateSchema = z.enum(registrationStates);
const groupId = z.string().max(32);

export const applicantPathSchema = z.object({ accountId, activityId, registrationId });

const personSchema = z.object({ name: z.string(), idNumber: z.string(), phone: z.string() });

/** An answer to a question of the form, under the label that the question has now. */
const answerSchema = z.object({ key: z.string(), label: z.string(), answer: z.string() });

export const applicantSchema = z.object({
  registrationId,
  groupId,
  state: stateSchema,
  /** Until when a place is kept for them; null: no limit. */
  until: instant.nullable(),
  /** Masked. null: the key is lost. */
  person: personSchema.nullable(),
  /** Every number that may be personal masked. */
  answers: z.array(answerSchema),
  school: z.string().nullable(),
  district: z.string().nullable(),
  /** In the draw; what is published of it names them by this. */
  lot: z.string().nullable(),
  feeFen: z.int(),
  orderId: z.string().nullable(),
  ticketId: z.string().nullable(),
  endedBecause: z.string().nullable(),
  arrivedAt: instant.nullable(),
  createdAt: instant,
  changedAt: instant,
});

const selection = {
  group: groupId.optional(),
  state: stateSchema.optional(),
};

export const applicantsQuerySchema = z.strictObject({
  ...selection,
  /** A ticket's code, or a lot, in full. */
  search: z.string().trim().min(1).max(200).optional(),
  /** The `next` of the page before. */
  after: z
    .string()
    .regex(/^\d{1,15}\.[\w-]{1,64}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** Who registered first comes first. */
export const applicantListSchema = z.object({
  applicants: z.array(applicantSchema),
  next: z.string().nullable(),
});

export const applicantReasonSchema = z.strictObject({ reason });

/** In full; null: the key is lost. */
export const disclosedApplicantSchema = z.object({
  person: personSchema.nullable(),
  answers: z.array(answerSchema),
});

const registrationIds = z.array(registrationId).min(1).max(100);
export const approvalSchema = z.strictObject({ registrationIds });
export const rejectionSchema = z.strictObject({ registrationIds, reason });

/** What became of each, in the order in which they were named: one that could not be decided stops no other. */
export const decisionOutcomesSchema = z.object({
  outcomes: z.array(
    z.discriminatedUnion('outcome', [
      z.object({ outcome: z.literal('done'), registrationId, state: stateSchema }),
      /** A stable code, and a sentence for staff. */
      z.object({ outcome: z.literal('refused'), registrationId, code: z.string(), message: z.string() }),
    ]),
  ),
});

/** The spreadsheet holds everybody in full: the reason goes on record. */
export const applicantExportSchema = z.strictObject({ ...selection, reason });

export type Applicant = z.output<typeof applicantSchema>;
export type DisclosedApplicant = z.output<typeof disclosedApplicantSchema>;
export type DecisionOutcome = z.output<typeof decisionOutcomesSchema>['outcomes'][number];
