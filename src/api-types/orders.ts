/** Orders, refunds and daily bills, as the staff API shows them. Money is integer fen; times are ISO 8601 in UTC. */
import { z } from 'zod';

const instant = z.iso.datetime();
const fen = z.int();
const person = z.object({ staffId: z.string(), name: z.string() });
const day = z.iso.date();

export const orderStateSchema = z.enum(['open', 'closing', 'closed', 'paid']);
export const refundStateSchema = z.enum([
  'proposed',
  'requested',
  'processing',
  'succeeded',
  'failed',
  'abnormal',
]);

export const staffOrderPathSchema = z.object({ accountId: z.string(), orderId: z.string().max(64) });
export const refundPathSchema = staffOrderPathSchema.extend({ refundNo: z.string().max(64) });

export const ordersQuerySchema = z.strictObject({
  state: orderStateSchema.optional(),
  /** Of the order, of the payment at WeChat Pay, or of a refund. */
  number: z.string().trim().min(1).max(64).optional(),
  /** The id of what is paid for. */
  subject: z.string().trim().min(1).max(64).optional(),
  /** Ordered on this day (Asia/Shanghai) or later; on `to` or earlier. */
  from: day.optional(),
  to: day.optional(),
  /** The `next` of the page before. */
  after: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const refundSchema = z.object({
  refundNo: z.string(),
  amountFen: fen,
  reason: z.string(),
  state: refundStateSchema,
  /** `system`: by the program's rules. */
  requestedBy: person,
  requestedAt: instant,
  /** Who approved it, or turned it down; null: nobody had to. */
  decidedBy: person.nullable(),
  decidedAt: instant.nullable(),
  sentAt: instant.nullable(),
  settledAt: instant.nullable(),
  /** The platform's number. */
  refundId: z.string().nullable(),
  /** Why it came to nothing. `text`: the reason that a person gave, or the platform's code. */
  failure: z
    .object({ by: z.enum(['staff', 'platform']), text: z.string().nullable(), at: instant })
    .nullable(),
  /** The platform's code when it could not take it; it is asked again. */
  trouble: z.object({ code: z.string(), at: instant }).nullable(),
});

export const orderSchema = z.object({
  orderId: z.string(),
  orderNo: z.string(),
  openid: z.string(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  description: z.string(),
  amountFen: fen,
  state: orderStateSchema,
  receivedFen: fen,
  /** Refunded, or on its way back. */
  promisedFen: fen,
  /** What the platform failed to pay back, and nobody has asked for again. */
  owedFen: fen,
  /** The money came when the place was gone. */
  paidLate: z.boolean(),
  createdAt: instant,
  payableUntil: instant,
  prepaidAt: instant.nullable(),
  paidAt: instant.nullable(),
  closedAt: instant.nullable(),
  /** When the platform is asked next. */
  checkAt: instant.nullable(),
  /** The platform's number of the payment. */
  transactionId: z.string().nullable(),
  refunds: z.array(refundSchema),
});

export const orderPageSchema = z.object({ orders: z.array(orderSchema), next: z.string().nullable() });
export const orderDetailSchema = z.object({
  order: orderSchema,
  /** Once staff pay back more than this of one order, a second person approves. */
  approvalAboveFen: fen,
});

/** What WeChat Pay says now. `trouble`: it gave no answer. */
export const inquirySchema = z.object({
  order: orderSchema,
  payment: z.object({
    kind: z.enum(['paid', 'unpaid', 'closed', 'unknown_order', 'trouble']),
    code: z.string().nullable(),
  }),
  refunds: z.array(
    z.object({
      refundNo: z.string(),
      kind: z.enum(['processing', 'succeeded', 'closed', 'abnormal', 'unknown_refund', 'trouble']),
      code: z.string().nullable(),
    }),
  ),
});

export const refundRequestSchema = z.strictObject({
  amountFen: z.int().min(1),
  /** The payer reads it. */
  reason: z.string().trim().min(1).max(80),
});
export const refundRefusalSchema = z.strictObject({ reason: z.string().trim().min(1).max(80) });

/** Refunds that want a person: to approve, to look after at the platform, or to ask for again. */
export const refundSections = ['proposed', 'underWay', 'abnormal', 'owed'] as const;
export const refundsQuerySchema = z.strictObject({ section: z.enum(refundSections).default('proposed') });
/** The first two hundred, the first ordered first. */
export const refundListSchema = z.object({ orders: z.array(orderSchema) });
export const refundCountsSchema = z.object({
  proposed: z.int(),
  underWay: z.int(),
  abnormal: z.int(),
  owed: z.int(),
});

export const billPathSchema = z.object({ accountId: z.string(), day });
const side = z.object({ amountFen: fen, state: z.string() });
const differenceRef = {
  kind: z.enum(['missing_here', 'missing_there', 'amount_differs', 'state_differs']),
  of: z.enum(['payment', 'refund']),
  orderNo: z.string().max(64),
  refundNo: z.string().max(64).nullable(),
};
export const differenceSchema = z.object({
  ...differenceRef,
  /** Null: that side has nothing. */
  here: side.nullable(),
  there: side.nullable(),
  dealt: z.object({ by: person, at: instant, note: z.string() }).nullable(),
});
const sums = z.object({ count: z.int(), sumFen: fen });
export const billSummarySchema = z.object({
  day,
  checkedAt: instant,
  /** Of the platform's bill. */
  payments: sums,
  refunds: sums,
  differenceCount: z.int(),
  /** Differences that nobody has dealt with. */
  openCount: z.int(),
});
export const billListSchema = z.object({ days: z.array(billSummarySchema) });
/** `differences` are the first thousand. */
export const billSchema = billSummarySchema.extend({ differences: z.array(differenceSchema) });
export const dealingSchema = z.strictObject({ ...differenceRef, note: z.string().trim().min(1).max(500) });

export type OrderView = z.output<typeof orderSchema>;
export type RefundView = z.output<typeof refundSchema>;
export type InquiryView = z.output<typeof inquirySchema>;
export type RefundSection = (typeof refundSections)[number];
export type BillView = z.output<typeof billSchema>;
export type DifferenceView = z.output<typeof differenceSchema>;
