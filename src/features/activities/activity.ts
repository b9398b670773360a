import { z } from 'zod';

/**
 * Activities, as staff set them up: 报名活动, 售票活动 and 招募志愿者 are one thing, a number of places in groups or
 * shifts that people take. All names are for citizens and in Chinese; money is integer fen.
 */

const id = z
  .string()
  .max(32)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const name = z.string().trim().min(1).max(30);
const age = z.int().min(0).max(150);

/** Who may take a place of a group; all that is set must hold. Ages in full years on the day the activity begins. */
export const groupConditionSchema = z
  .strictObject({
    minAge: age.optional(),
    maxAge: age.optional(),
    /** One of these, as the citizen states it. */
    schools: z.array(name).min(1).max(100).optional(),
    districts: z.array(name).min(1).max(100).optional(),
  })
  .refine(({ minAge = 0, maxAge = 150 }) => minAge <= maxAge, {
    error: '最小年龄不能大于最大年龄',
    path: ['maxAge'],
  });

const feeFen = z.int().min(0).max(10_000_000);

/** A share of the places: 小学组, 梅江区, or a shift of volunteers. */
export const activityGroupSchema = z.strictObject({
  id,
  name,
  /** Places. */
  quota: z.int().min(1).max(100_000),
  condition: groupConditionSchema.default({}),
  /** Of a shift: its own time, UTC; nobody takes two shifts that overlap. Absent: that of the activity. */
  startsAt: z.date().optional(),
  endsAt: z.date().optional(),
  /** Instead of that of the activity. */
  feeFen: feeFen.optional(),
});

const questionHead = {
  /** The name of the answer; unique within the activity. */
  key: z.string().regex(/^[a-z][a-zA-Z0-9]{0,31}$/),
  /** In lists and spreadsheets: 衣服尺码. */
  label: z.string().trim().min(1).max(12),
  question: z.string().trim().min(1).max(200),
  optional: z.boolean().default(false),
};

/** What is asked besides the person's name, ID number and phone. Every answer is kept sealed. */
export const activityQuestionSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...questionHead, type: z.literal('text'), max: z.int().min(1).max(300).default(100) }),
  z.strictObject({
    ...questionHead,
    type: z.literal('number'),
    min: z.number().default(0),
    max: z.number().default(1_000_000),
  }),
  z.strictObject({ ...questionHead, type: z.literal('date') }),
  z.strictObject({ ...questionHead, type: z.literal('choice'), options: z.array(name).min(2).max(20) }),
]);

/** How much of the fee comes back to whoever cancels at least so long before the beginning. */
export const refundRuleSchema = z.strictObject({
  hoursBefore: z.int().min(0).max(8_760),
  percent: z.int().min(0).max(100),
});

export const activityKinds = ['registration', 'ticketed', 'volunteers'] as const;
export const admissionModes = [
  /** Whoever comes first. */
  'first_come',
  /** A draw after registration has closed. */
  'lots',
] as const;

/** What staff set up; everything of it can be read by citizens once it is published. */
export const activityPlanSchema = z.strictObject({
  kind: z.enum(activityKinds),
  title: z.string().trim().min(1).max(40),
  description: z.string().trim().max(2_000),
  place: z.string().trim().min(1).max(100),
  /** UTC, all of them. */
  startsAt: z.date(),
  endsAt: z.date(),
  /** Registration. */
  opensAt: z.date(),
  closesAt: z.date(),
  /** Places altogether; the groups' may add up to more or to less. */
  quota: z.int().min(1).max(100_000),
  groups: z.array(activityGroupSchema).min(1).max(30),
  questions: z.array(activityQuestionSchema).max(10),
  mode: z.enum(admissionModes),
  /** Staff look at each registration before it counts. */
  needsApproval: z.boolean(),
  hasWaitingList: z.boolean(),
  /** 0: free. */
  feeFen,
  /** The longest before first. Whoever cancels later than the last of them says gets nothing back; without any, nobody does. */
  refundRules: z.array(refundRuleSchema).max(5),
  /** How long a place waits for its payment, in minutes. */
  paymentMinutes: z.int().min(5).max(1_440),
  /** How long a freed place is kept for whoever waited for it, in minutes. */
  offerMinutes: z.int().min(5).max(2_880),
  /** Places that one person may have; of different groups or shifts. */
  limitPerPerson: z.int().min(1).max(10),
  /** From so many minutes before the beginning people are let in. */
  checkInMinutes: z.int().min(0).max(1_440),
});

export type ActivityKind = (typeof activityKinds)[number];
export type AdmissionMode = (typeof admissionModes)[number];
export type GroupCondition = z.output<typeof groupConditionSchema>;
export type ActivityGroup = z.output<typeof activityGroupSchema>;
export type ActivityQuestion = z.output<typeof activityQuestionSchema>;
export type RefundRule = z.output<typeof refundRuleSchema>;
export type ActivityPlan = z.output<typeof activityPlanSchema>;

export const activityStates = ['draft', 'published', 'cancelled'] as const;
export type ActivityState = (typeof activityStates)[number];

/**
 * A draw of lots that anybody can repeat. The digest of the seed is published with the activity, before anybody
 * applies; the seed itself only once it has been drawn.
 */
export interface Draw {
  /** SHA-256 of the seed, hexadecimal. */
  commitment: string;
  /** The seed, sealed, until it is published. */
  sealedSeed: string;
  /** From the draw on. */
  result?: {
    /** 64 hexadecimal characters. */
    seed: string;
    /** SHA-256 of the lots, sorted, one a line: what was drawn from. */
    lotsDigest: string;
    lots: number;
    drawnAt: Date;
  };
}

export interface Activity extends ActivityPlan {
  accountId: string;
  /** Opaque. */
  activityId: string;
  state: ActivityState;
  /** Raised by each change of what is asked: a form that was begun with another one is refused (`form_changed`). */
  formVersion: number;
  /** Raised by everything that staff do to it; what an edit was based on. */
  revision: number;
  /** Of `lots`, from publication on. */
  draw?: Draw;
  publishedAt?: Date;
  /** When its time or place was changed last: whoever registered before may cancel for the whole fee. */
  movedAt?: Date;
  /** For citizens. */
  cancelledBecause?: string;
  updatedAt: Date;
  updatedBy: { staffId: string; name: string };
}

const planFieldsSchema = z.object(activityPlanSchema.shape);

/** What staff set up, without what became of it. */
export function planOf(activity: ActivityPlan): ActivityPlan {
  return planFieldsSchema.parse(activity);
}

/** When a group's own time is; that of the activity where it has none. */
export function timeOf(
  activity: Pick<ActivityPlan, 'startsAt' | 'endsAt'>,
  group: Pick<ActivityGroup, 'startsAt' | 'endsAt'>,
): { startsAt: Date; endsAt: Date } {
  return { startsAt: group.startsAt ?? activity.startsAt, endsAt: group.endsAt ?? activity.endsAt };
}

/** In fen. */
export function feeOf(activity: Pick<ActivityPlan, 'feeFen'>, group: Pick<ActivityGroup, 'feeFen'>): number {
  return group.feeFen ?? activity.feeFen;
}
