/** Notices as the staff API shows them. Times are ISO 8601 in UTC; days `YYYY-MM-DD` in Asia/Shanghai. */
import { z } from 'zod';
import { segmentConditionSchema } from './audience.js';

const accountId = z.string();
const id = z.string().min(1).max(64);
export const noticePathSchema = z.object({ accountId, id });
export const picturePathSchema = z.object({ accountId, id });
export const presetPathSchema = z.object({ accountId, id });
export const listPathSchema = z.object({ accountId, listId: id });

export const channelSchema = z.enum(['customer_service', 'subscription', 'template', 'mass']);
export const noticeKindSchema = z.enum(['routine', 'emergency']);
export const noticeStateSchema = z.enum([
  'draft',
  'preparing',
  'pending',
  'scheduled',
  'sending',
  'paused',
  'finished',
  'cancelled',
  'rejected',
]);
export const noticeStageSchema = z.enum(['first', 'second', 'final', 'emergency']);
export const deliveryStateSchema = z.enum([
  'waiting',
  'sending',
  'accepted',
  'delivered',
  'failed',
  'refused',
  'unknown',
  'skipped',
  'cancelled',
  'rehearsed',
]);

const person = z.object({ staffId: z.string(), name: z.string() });

const templateTextSchema = z.strictObject({
  templateId: z.string().min(1).max(64),
  values: z.record(z.string().max(40), z.string().max(500)),
  url: z.url().max(1024).exactOptional(),
});

export const noticeContentSchema = z.strictObject({
  body: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('text'), text: z.string().trim().min(1).max(4000) }),
      z.strictObject({ kind: z.literal('picture'), pictureId: id }),
    ])
    .exactOptional(),
  template: templateTextSchema.exactOptional(),
  subscription: templateTextSchema.exactOptional(),
});

export const noticeAudienceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('everyone') }),
  z.strictObject({
    kind: z.literal('segment'),
    segmentId: id.exactOptional(),
    conditions: z.array(segmentConditionSchema).min(1).max(10),
  }),
  z.strictObject({ kind: z.literal('list'), listId: id }),
]);

export const noticePlanSchema = z.strictObject({
  kind: noticeKindSchema,
  title: z.string().trim().min(1).max(60),
  content: noticeContentSchema,
  audience: noticeAudienceSchema,
  channels: z.array(channelSchema).min(1).max(4),
  sendAt: z.iso.datetime().nullable(),
  training: z.boolean(),
});
export const noticeChangeSchema = z.strictObject({ revision: z.int().min(1), plan: noticePlanSchema });

export const noticeSizeSchema = z.object({
  recipients: z.int(),
  byChannel: z.partialRecord(channelSchema, z.int()),
  /** By reason, as a sentence. */
  skipped: z.record(z.string(), z.int()),
});

export const noticeHoldSchema = z.object({
  cause: z.enum(['staff', 'quiet', 'configuration', 'token', 'template', 'quota']),
  /** A sentence. */
  reason: z.string(),
  since: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
});

export const noticeSchema = z.object({
  ...noticePlanSchema.shape,
  id: z.string(),
  state: noticeStateSchema,
  revision: z.int(),
  authors: z.array(person).readonly(),
  createdAt: z.iso.datetime(),
  /** What an approval must name; null: not prepared. */
  hash: z.string().nullable(),
  size: noticeSizeSchema.nullable(),
  submittedAt: z.iso.datetime().nullable(),
  submittedBy: person.nullable(),
  approvals: z.array(z.object({ stage: noticeStageSchema, by: person, at: z.iso.datetime() })),
  /** The stage that is due; null: none. */
  due: noticeStageSchema.nullable(),
  hold: noticeHoldSchema.nullable(),
  /** When a scheduled one begins: at `sendAt`, or after the quiet hours. */
  startsAt: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  remark: z.string(),
});

/** A line of the list of notices. */
export const noticeEntrySchema = noticeSchema.pick({
  id: true,
  kind: true,
  title: true,
  state: true,
  channels: true,
  training: true,
  sendAt: true,
  size: true,
  createdAt: true,
  startedAt: true,
  endedAt: true,
  due: true,
  hold: true,
});
export const noticesQuerySchema = z.strictObject({
  /** `open`: everything that is not over; `review`: what waits for an approval. */
  section: z.enum(['all', 'open', 'review', 'ended']).default('all'),
  before: id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const noticeListSchema = z.object({
  notices: z.array(noticeEntrySchema),
  next: z.string().nullable(),
});

/** Something that keeps a notice from being sent as it is; `warning`: it can be sent all the same. */
export const noticeFindingSchema = z.object({
  severity: z.enum(['error', 'warning']),
  code: z.string(),
  /** Where in the plan, such as `content.template.values.thing1`. */
  field: z.string(),
  message: z.string(),
});

/** What a plan would do, before anything is kept or sent. */
export const noticeCheckSchema = z.strictObject({ plan: noticePlanSchema });
export const noticeForecastSchema = z.object({
  findings: z.array(noticeFindingSchema),
  /** Null: cannot be told, because of the findings. */
  recipients: z.int().nullable(),
  /** Up to five, as they would read. */
  samples: z.array(
    z.object({
      /** The end of the openid. */
      citizen: z.string(),
      channel: channelSchema.nullable(),
      /** Why none, as a sentence. */
      reason: z.string().nullable(),
      text: z.string().nullable(),
      pictureId: z.string().nullable(),
      card: z
        .object({
          title: z.string(),
          fields: z.array(z.object({ name: z.string(), value: z.string() })),
          url: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
  /** What it would take of the platform's allowances. */
  cost: z.array(
    z.object({
      channel: channelSchema,
      /** Calls, at most. */
      calls: z.int(),
      /** What is left today; null: the platform did not say. */
      remainingToday: z.int().nullable(),
    }),
  ),
  /** How long it takes at the rate that the platform lately allowed; null: not known. */
  seconds: z.number().nullable(),
  /** Names that may stand in `{{ }}`. */
  placeholders: z.array(z.string()),
});

/** To one's own phone: one message to one citizen that the person names. */
export const noticeTestSchema = z.strictObject({
  plan: noticePlanSchema,
  openid: z.string().min(1).max(64),
  channel: channelSchema,
});
export const noticeTestResultSchema = z.object({
  /** `rehearsed`: the plan is a training, nothing was sent. */
  outcome: z.enum(['accepted', 'refused', 'unknown', 'rehearsed']),
  /** A Chinese sentence. */
  reason: z.string().nullable(),
});

export const noticeSubmitSchema = z.strictObject({ revision: z.int().min(1) });
/** An approval names what was looked at, and confirms how many and by which channels. */
export const noticeApprovalSchema = z.strictObject({
  hash: z.string().length(64),
  stage: noticeStageSchema,
  recipients: z.int().min(0),
  channels: z.array(channelSchema).min(1),
});
export const noticeRefusalSchema = z.strictObject({
  hash: z.string().length(64),
  stage: noticeStageSchema,
  verdict: z.enum(['returned', 'rejected']),
  reason: z.string().trim().min(1).max(500),
});
export const noticeReasonSchema = z.strictObject({ reason: z.string().trim().min(1).max(500) });

/** How far it is; counted from the records. */
export const noticeProgressSchema = z.object({
  state: noticeStateSchema,
  hold: noticeHoldSchema.nullable(),
  total: z.int(),
  /** Deliveries by state. */
  states: z.record(deliveryStateSchema, z.int()),
  /** By channel and state, for those that have a channel. */
  channels: z.array(z.object({ channel: channelSchema, state: deliveryStateSchema, count: z.int() })),
  reasons: z.array(
    z.object({ state: deliveryStateSchema, reason: z.string(), sentence: z.string(), count: z.int() }),
  ),
  /** Per second, over the last while; null: nothing to tell yet. */
  perSecond: z.number().nullable(),
  /** When the last one will be out, at that rate. */
  doneBy: z.iso.datetime().nullable(),
  calls: z.array(
    z.object({
      call: z.int(),
      recipients: z.int(),
      state: z.enum(['pending', 'sending', 'accepted', 'reported', 'refused', 'unknown', 'cancelled']),
      reason: z.string().nullable(),
      messageId: z.string().nullable(),
      /** What the platform counted. */
      report: z
        .object({
          status: z.string(),
          total: z.int(),
          filtered: z.int(),
          sent: z.int(),
          errors: z.int(),
          at: z.iso.datetime(),
        })
        .nullable(),
    }),
  ),
});

/** How a notice ended, or stands; the same as a file holds every recipient. */
export const noticeReportSchema = z.object({ notice: noticeSchema, progress: noticeProgressSchema });

export const deliveriesQuerySchema = z.strictObject({
  state: deliveryStateSchema.optional(),
  /** The whole openid. */
  openid: z.string().max(64).optional(),
  after: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const deliverySchema = z.object({
  row: z.int(),
  openid: z.string(),
  state: deliveryStateSchema,
  channel: channelSchema.nullable(),
  reason: z.string().nullable(),
  /** The reason for people; empty where there is none. */
  sentence: z.string(),
  passed: z.array(z.object({ channel: channelSchema, reason: z.string(), sentence: z.string() })),
  attempts: z.int(),
  call: z.int().nullable(),
  messageId: z.string().nullable(),
  updatedAt: z.iso.datetime(),
});
export const deliveryPageSchema = z.object({
  deliveries: z.array(deliverySchema),
  next: z.int().nullable(),
});
export const repeatUnknownSchema = noticeReasonSchema;

/** A list of recipients that was uploaded: first faults of its columns, then of its rows. */
export const recipientListSchema = z.object({
  listId: z.string(),
  filename: z.string(),
  /** Names of the columns beside the openid: placeholders. */
  columns: z.array(z.string()),
  rows: z.int(),
  usable: z.int(),
  columnFaults: z.array(z.object({ code: z.string(), column: z.string().nullable(), message: z.string() })),
  /** The first hundred. */
  rowFaults: z.array(
    z.object({ row: z.int(), code: z.string(), column: z.string().nullable(), message: z.string() }),
  ),
  /** How many rows have which fault. */
  faultCounts: z.record(z.string(), z.int()),
  /** Whether somebody agreed to go on without the faulty rows. */
  confirmed: z.boolean(),
  createdAt: z.iso.datetime(),
});
/** CSV (UTF-8 or GB 18030) or Excel (.xlsx), as base64. */
export const recipientListUploadSchema = z.strictObject({
  filename: z.string().min(1).max(200),
  // Not searched for anything else: a pattern over millions of letters would stall the server.
  base64: z.string().min(1),
});
/** PNG or JPEG, at most 2 MB, as base64. */
export const pictureUploadSchema = z.strictObject({
  mediaType: z.enum(['image/png', 'image/jpeg']),
  base64: z.string().min(1),
});

export const pictureSchema = z.object({ pictureId: z.string(), mediaType: z.string(), bytes: z.int() });

/** Texts for emergencies that are written and agreed beforehand. */
export const presetSchema = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  updatedAt: z.iso.datetime(),
  updatedBy: person,
});
export const presetListSchema = z.object({ presets: z.array(presetSchema) });
export const presetChangeSchema = z.strictObject({
  title: z.string().trim().min(1).max(40),
  text: z.string().trim().min(1).max(600),
});

export const templateListSchema = z.object({
  templates: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['template', 'subscription']),
      title: z.string(),
      fields: z.array(
        z.object({
          keyword: z.string(),
          name: z.string(),
          /** In Chinese: what the type allows. */
          rule: z.string(),
        }),
      ),
      example: z.string(),
    }),
  ),
});

/** 额度与错误: what the account may still send, and what the platform refused lately. */
export const quotaBoardSchema = z.object({
  quotas: z.array(
    z.object({
      channel: channelSchema,
      dailyLimit: z.int().nullable(),
      used: z.int().nullable(),
      remaining: z.int().nullable(),
      /** Why not known. */
      failure: z.string().nullable(),
    }),
  ),
  /** Mass messages of this calendar month: how many followers have how many left. */
  mass: z.object({
    month: z.string(),
    callsToday: z.int(),
    byLeft: z.array(z.object({ left: z.int(), followers: z.int() })),
  }),
  /** Refusals of the last seven days. */
  errors: z.array(
    z.object({
      day: z.string(),
      channel: channelSchema,
      reason: z.string(),
      sentence: z.string(),
      count: z.int(),
    }),
  ),
  quietHours: z.object({ from: z.string(), to: z.string() }).nullable(),
});
/** `HH:MM` in Asia/Shanghai; null: none. */
export const quietHoursSchema = z.strictObject({
  quietHours: z
    .strictObject({
      from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    })
    .nullable(),
});

export type NoticeView = z.output<typeof noticeSchema>;
export type NoticePlanView = z.output<typeof noticePlanSchema>;
export type NoticeEntry = z.output<typeof noticeEntrySchema>;
export type NoticeForecast = z.output<typeof noticeForecastSchema>;
export type NoticeFinding = z.output<typeof noticeFindingSchema>;
export type NoticeReport = z.output<typeof noticeReportSchema>;
export type NoticeProgress = z.output<typeof noticeProgressSchema>;
export type DeliveryView = z.output<typeof deliverySchema>;
export type RecipientListView = z.output<typeof recipientListSchema>;
export type PresetView = z.output<typeof presetSchema>;
export type QuotaBoard = z.output<typeof quotaBoardSchema>;
export type NoticeChannelName = z.output<typeof channelSchema>;
