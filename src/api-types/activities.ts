/** Activities as the staff API shows them. Times are ISO 8601 in UTC; money is in fen. */
import { z } from 'zod';
import {
  activityGroupSchema,
  activityKinds,
  activityPlanSchema,
  activityStates,
  admissionModes,
  type ActivityGroup,
  type ActivityPlan,
} from '../features/activities/activity.js';

const accountId = z.string();
const activityId = z.string().min(1).max(64);
const instant = z.iso.datetime();
const person = z.object({ staffId: z.string(), name: z.string() });
const revision = z.int().min(1);

export const activityPathSchema = z.object({ accountId, activityId });

const groupWireSchema = z.strictObject({
  ...activityGroupSchema.shape,
  startsAt: instant.optional(),
  endsAt: instant.optional(),
});

/** A plan as JSON: the same fields, instants as text. `planToWire` and `planFromWire` lead there and back. */
export const activityPlanWireSchema = z.strictObject({
  ...activityPlanSchema.shape,
  startsAt: instant,
  endsAt: instant,
  opensAt: instant,
  closesAt: instant,
  groups: z.array(groupWireSchema).min(1).max(30),
});
export type ActivityPlanWire = z.output<typeof activityPlanWireSchema>;

export function planToWire(plan: ActivityPlan): ActivityPlanWire {
  return {
    ...plan,
    startsAt: plan.startsAt.toISOString(),
    endsAt: plan.endsAt.toISOString(),
    opensAt: plan.opensAt.toISOString(),
    closesAt: plan.closesAt.toISOString(),
    groups: plan.groups.map(groupToWire),
  };
}

export function planFromWire(plan: ActivityPlanWire): ActivityPlan {
  return {
    ...plan,
    startsAt: new Date(plan.startsAt),
    endsAt: new Date(plan.endsAt),
    opensAt: new Date(plan.opensAt),
    closesAt: new Date(plan.closesAt),
    groups: plan.groups.map(groupFromWire),
  };
}

type GroupWire = ActivityPlanWire['groups'][number];

function groupToWire({ startsAt, endsAt, ...group }: ActivityGroup): GroupWire {
  return {
    ...group,
    ...(startsAt && { startsAt: startsAt.toISOString() }),
    ...(endsAt && { endsAt: endsAt.toISOString() }),
  };
}

function groupFromWire({ startsAt, endsAt, ...group }: GroupWire): ActivityGroup {
  return {
    ...group,
    ...(startsAt !== undefined && { startsAt: new Date(startsAt) }),
    ...(endsAt !== undefined && { endsAt: new Date(endsAt) }),
  };
}

/** Something that is wrong with a plan as a whole; a `warning` keeps nobody from publishing it. */
export const activityProblemSchema = z.object({
  severity: z.enum(['error', 'warning']),
  /** `snake_case`. */
  code: z.string(),
  /** Where in the plan: `closesAt`, `groups.1.condition`. */
  field: z.string(),
  /** A sentence for staff. */
  message: z.string(),
});
export type ActivityProblem = z.output<typeof activityProblemSchema>;

export const placeCountSchema = z.object({
  quota: z.int(),
  /** By people who are confirmed, have arrived, have yet to pay, to accept, or to be approved. */
  taken: z.int(),
  /** In the waiting list. */
  waiting: z.int(),
  /** 待审核 or 待抽签. */
  applied: z.int(),
  /** 已报名, those who have arrived not included. */
  confirmed: z.int(),
  /** 已入场. */
  arrived: z.int(),
});

export const activityCountsSchema = z.object({
  /** When it was counted. */
  at: instant,
  total: placeCountSchema,
  /** In the order of the plan. */
  groups: z.array(placeCountSchema.extend({ groupId: z.string(), name: z.string() })),
});

/** A line of the list. */
export const activitySummarySchema = z.object({
  activityId,
  kind: z.enum(activityKinds),
  title: z.string(),
  place: z.string(),
  state: z.enum(activityStates),
  startsAt: instant,
  endsAt: instant,
  opensAt: instant,
  closesAt: instant,
  mode: z.enum(admissionModes),
  needsApproval: z.boolean(),
  feeFen: z.int(),
  counts: placeCountSchema,
  revision,
  updatedAt: instant,
  updatedBy: person,
});

export const activitiesQuerySchema = z.strictObject({
  /** `current`: published and not over; `over`: published, and its end has passed. */
  section: z.enum(['all', 'draft', 'current', 'over', 'cancelled']).default('all'),
  /** The `next` of the page before. */
  before: z
    .string()
    .regex(/^\d{1,15}\.[\w-]{1,64}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** What begins last comes first. */
export const activityListSchema = z.object({
  activities: z.array(activitySummarySchema),
  next: z.string().nullable(),
});

/** An activity in full. */
export const activityDetailSchema = z.object({
  activityId,
  state: z.enum(activityStates),
  plan: activityPlanWireSchema,
  /** To be sent back as `baseRevision` with an edit. */
  revision,
  /** Raised by each change of what citizens fill in or agree to. */
  formVersion: z.int(),
  /** What keeps it from being published, or should be looked at. */
  problems: z.array(activityProblemSchema),
  counts: activityCountsSchema,
  publishedAt: instant.nullable(),
  /** When its time or place was changed last. */
  movedAt: instant.nullable(),
  cancelledBecause: z.string().nullable(),
  updatedAt: instant,
  updatedBy: person,
});

/** POST …/activities and POST …/activities/check */
export const activityPlanBodySchema = z.strictObject({ plan: activityPlanWireSchema });
/** PUT …/:activityId (a draft), PUT …/:activityId/published, POST …/:activityId/published/forecast. */
export const activityEditSchema = z.strictObject({ plan: activityPlanWireSchema, baseRevision: revision });
export const activityRemovalSchema = z.strictObject({ baseRevision: z.coerce.number().int().min(1) });
export const activityPublicationSchema = z.strictObject({ baseRevision: revision });
/** Citizens read the reason. */
export const activityCancellationSchema = z.strictObject({ reason: z.string().trim().min(1).max(200) });
export const activityProblemsSchema = z.object({ problems: z.array(activityProblemSchema) });

/** `details` of the error `edited_meanwhile`: what somebody else has made of it. */
export const editedMeanwhileSchema = z.object({
  updatedBy: z.string(),
  updatedAt: instant,
  revision,
  plan: activityPlanWireSchema,
});

/** What a change of a published activity would lead to. */
export const changeForecastSchema = z.object({
  problems: z.array(activityProblemSchema),
  /** Whoever is filling in the form now must begin again. */
  raisesForm: z.boolean(),
  /** Time or place: everybody who has registered is told, and may cancel for the whole fee. */
  moves: z.boolean(),
  /** How many have registered, or wait: they are told where it moves. */
  standing: z.int(),
  /** What all who have paid would get back if they cancelled, in fen; 0 unless it moves. */
  refundableFen: z.int(),
  /** Where more places are taken than there would be: nobody loses one. null: the whole. */
  overfull: z.array(z.object({ groupId: z.string().nullable(), quota: z.int(), taken: z.int() })),
});

export const cancellationForecastSchema = z.object({
  /** How many are told. */
  standing: z.int(),
  /** What is paid back altogether, in fen. */
  refundFen: z.int(),
});

/** A draw of lots. */
export const activityDrawSchema = z.object({
  /** SHA-256 of the seed, public since the publication. */
  commitment: z.string(),
  /** When registration closes: from then on it can be drawn. */
  drawsFrom: instant,
  /** Applications that stand now. */
  applied: z.int(),
  result: z
    .object({
      drawnAt: instant,
      seed: z.string(),
      lotsDigest: z.string(),
      lots: z.int(),
      /** By group, in the order of the plan. */
      groups: z.array(
        z.object({ groupId: z.string(), name: z.string(), quota: z.int(), lots: z.int(), won: z.int() }),
      ),
      /** False: the winners are still being told. */
      isComplete: z.boolean(),
    })
    .nullable(),
});

export type ActivitySummary = z.output<typeof activitySummarySchema>;
export type ActivityDetail = z.output<typeof activityDetailSchema>;
export type ActivityCountsWire = z.output<typeof activityCountsSchema>;
export type PlaceCountWire = z.output<typeof placeCountSchema>;
export type ChangeForecast = z.output<typeof changeForecastSchema>;
export type CancellationForecast = z.output<typeof cancellationForecastSchema>;
export type ActivityDrawWire = z.output<typeof activityDrawSchema>;
