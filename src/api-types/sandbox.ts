/**
 * What the sandbox's phone page and its server say to each other, below `/sandbox/api`.
 * Times are milliseconds since the epoch, UTC.
 */
import { z } from 'zod';

const articleSchema = z.object({
  title: z.string(),
  description: z.string(),
  pictureUrl: z.string().nullable(),
  url: z.string(),
});

export const chatContentSchema = z.discriminatedUnion('kind', [
  /** May hold `<a href="…">…</a>` and line breaks when the account says it. */
  z.object({ kind: z.literal('text'), text: z.string() }),
  /** `url` is null where only the platform's material id is known. */
  z.object({ kind: z.literal('image'), mediaId: z.string(), url: z.string().nullable() }),
  z.object({ kind: z.literal('voice'), mediaId: z.string() }),
  z.object({ kind: z.literal('video'), mediaId: z.string(), title: z.string(), description: z.string() }),
  z.object({ kind: z.literal('music'), title: z.string(), description: z.string(), url: z.string() }),
  z.object({ kind: z.literal('articles'), articles: z.array(articleSchema) }),
  z.object({ kind: z.literal('location'), label: z.string(), latitude: z.number(), longitude: z.number() }),
  /** A question with answers to tap, `msgmenu` of the customer-service messages. */
  z.object({
    kind: z.literal('choices'),
    head: z.string(),
    choices: z.array(z.object({ id: z.string(), text: z.string() })),
    tail: z.string(),
  }),
  z.object({ kind: z.literal('mini_program'), title: z.string(), appId: z.string(), pagePath: z.string() }),
  /** A template message or subscription notification: a card of keywords that opens a page. */
  z.object({
    kind: z.literal('template'),
    title: z.string(),
    fields: z.array(z.object({ name: z.string(), value: z.string() })),
    url: z.string().nullable(),
  }),
  /** Something done that a real phone does not show in the chat: a button pressed, a code scanned. */
  z.object({ kind: z.literal('action'), text: z.string() }),
  /** A grey line of the platform. */
  z.object({ kind: z.literal('notice'), text: z.string() }),
]);

/** How a message of the citizen fared on its way to the webhook. */
export const deliverySchema = z.object({
  state: z.enum(['waiting', 'sending', 'answered', 'silent', 'failed']),
  /** 1 to 4: the first and up to three re-sends. 0 while waiting. */
  attempts: z.int(),
  /** From the first attempt to the end, in milliseconds. */
  tookMs: z.number(),
  /** The same message delivered once more on purpose: whether it was answered alike. */
  duplicate: z.enum(['none', 'same_answer', 'other_answer']),
  /** Why it failed, for the developer. */
  problem: z.string().nullable(),
});

export const chatEntrySchema = z.object({
  /** Unique within the sandbox, ascending. */
  id: z.int(),
  at: z.number(),
  from: z.enum(['citizen', 'account', 'platform']),
  content: chatContentSchema,
  delivery: deliverySchema.nullable(),
  /** How the account said it: in the response to the webhook, or by a call of the platform's API. */
  via: z.enum(['reply', 'customer_service', 'template', 'subscription', 'mass', 'preview']).nullable(),
});

export const endpointFaultSchema = z.object({
  /** Path of the platform's API, such as `/cgi-bin/message/custom/send`. */
  endpoint: z.string().min(1),
  /** How many calls fail. */
  times: z.int().min(1).max(1_000_000),
  /** Of so many calls one fails; by default the very next ones do. */
  every: z.int().min(1).optional(),
  fault: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('errcode'), errcode: z.int() }),
    z.object({ kind: z.literal('http'), status: z.int().min(400).max(599) }),
    /** Nothing is answered until the caller gives up. @property acts whether the call takes effect all the same. */
    z.object({ kind: z.literal('hang'), acts: z.boolean().optional() }),
    /** The call takes effect, then the connection breaks before its answer. */
    z.object({ kind: z.literal('cut') }),
    /** The request is taken, then the connection breaks before anything is done. */
    z.object({ kind: z.literal('drop') }),
  ]),
});

const perSecond = z.number().positive();

/** A limit that the platform does not announce: calls beyond it are refused with 45011. */
export const rateLimitSchema = z.object({
  endpoint: z.string().min(1),
  /** Calls per second; its course begins with the first call. */
  shape: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('constant'), perSecond }),
    /** One after the other, each for `everyMs`, then from the start. */
    z.object({ kind: z.literal('steps'), perSecond: z.array(perSecond).min(1), everyMs: z.int().min(1) }),
    z.object({ kind: z.literal('sine'), from: perSecond, to: perSecond, periodMs: z.int().min(1) }),
  ]),
  /** For how long unused allowance is kept: the depth of the bucket, in milliseconds of the present rate. */
  burstMs: z.int().min(1).default(100),
});

/** How the platform tells the account what became of its messages, by events. */
export const reportConductSchema = z.object({
  /** Each report leaves this much later. */
  delayMs: z.int().min(0).max(3_600_000).default(0),
  /** From a mass message's acceptance to its end. The platform takes up to half an hour. */
  massAfterMs: z.int().min(0).max(3_600_000).default(2000),
  /** Later reports overtake earlier ones. */
  outOfOrder: z.boolean().default(false),
  /** The report arrives before the call that it is about is answered; that of a mass message, too. */
  beforeAnswer: z.boolean().default(false),
  /** Of so many reports one is lost; 0: none, 1: all. */
  loseEvery: z.int().min(0).default(0),
});

/** Callbacks that must be refused; each kind is sent before the genuine one. */
export const forgerySchema = z.enum([
  /** The platform's own probe: a signature that begins with `WECHATPAY/SIGNTEST/`. */
  'probe',
  /** Signed with a stranger's key under the platform's serial number. */
  'signature',
  /** Signed with a stranger's key under its own serial number. */
  'key',
  /** Genuine, but signed ten minutes ago. */
  'stale',
  /** One bit of the ciphertext is turned over; the signature fits. */
  'ciphertext',
  /** Genuinely signed, but about another merchant, another app or another amount. */
  'merchant',
  'app',
  'amount',
]);

/** Where a day's bill departs from what happened. */
export const plantedDifferenceSchema = z.enum([
  'missing_payment',
  'extra_payment',
  'payment_amount',
  'missing_refund',
  'extra_refund',
  'refund_amount',
  'refund_state',
]);

/** How WeChat Pay treats the account's merchant. */
export const payConductSchema = z.object({
  /**
   * What signs answers and callbacks: 微信支付公钥, the newest platform certificate, or both in turn as during a
   * change. An answer follows the `Wechatpay-Serial` of its request where there is one.
   */
  key: z.enum(['public_key', 'certificate', 'mixed']).default('public_key'),
  /** Each callback leaves this much later, in milliseconds. */
  callbackDelayMs: z.int().min(0).max(3_600_000).default(0),
  /** How many more times each callback is delivered, all at once. */
  duplicates: z.int().min(0).max(15).default(0),
  /** Of so many callbacks one is lost for good; 0: none, 1: all. */
  loseEvery: z.int().min(0).default(0),
  /** The schedule of re-deliveries times this; 1: as the platform, 0: at once. */
  pace: z.number().min(0).max(1).default(1),
  forgeries: z.array(forgerySchema).max(20).default([]),
  /** Of so many answers one carries a probe's signature; 0: none. */
  probeAnswersEvery: z.int().min(0).default(0),
  /** `stay`: they are processed until somebody settles them; `not_enough`: the merchant's balance is used up. */
  refunds: z.enum(['succeed', 'close', 'abnormal', 'stay', 'not_enough']).default('succeed'),
  /** From a refund's acceptance to its end, in milliseconds. */
  refundAfterMs: z.int().min(0).max(3_600_000).default(2000),
  /** Bills of any day are there at once, today's as well. */
  billsAtOnce: z.boolean().default(false),
  billDifferences: z.array(plantedDifferenceSchema).max(20).default([]),
});

export const misbehaviourSchema = z.object({
  /** Every delivery starts this much late, in milliseconds. */
  slowMs: z.int().min(0).max(600_000),
  duplicateAll: z.boolean(),
  outOfOrder: z.boolean(),
  faults: z.array(endpointFaultSchema).max(20),
  rates: z.array(rateLimitSchema).max(20).default([]),
  /** How late calls are answered, in milliseconds; they take effect at once. `*` for every endpoint. */
  latencies: z
    .array(z.object({ endpoint: z.string().min(1), ms: z.int().min(0).max(600_000) }))
    .max(20)
    .default([]),
  /** Of so many messages that were accepted one does not arrive, and its report says so; 0: none. */
  failEvery: z.int().min(0).default(0),
  reports: reportConductSchema.prefault({}),
  pay: payConductSchema.prefault({}),
});

const buttonActionSchema = z.object({
  name: z.string(),
  type: z.string(),
  /** The page to open, for `view` and as the fallback of a mini-program. */
  url: z.string().nullable(),
});

const menuButtonSchema = z.object({
  ...buttonActionSchema.shape,
  children: z.array(buttonActionSchema),
});

const citizenViewSchema = z.object({
  openid: z.string(),
  nickname: z.string(),
  following: z.boolean(),
  /** Does not want the account's template and mass messages. */
  refusesMessages: z.boolean(),
  /** Messages that may yet be sent, by subscription template; a long-term consent stays at 1. */
  consents: z.record(z.string(), z.int()),
});

const subscriptionTemplateViewSchema = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.enum(['one_time', 'long_term']),
});

export const accountViewSchema = z.object({
  accountId: z.string(),
  name: z.string(),
  messageMode: z.enum(['plain', 'compat', 'safe']),
  menu: z.array(menuButtonSchema),
  scenes: z.array(z.object({ scene: z.string(), title: z.string() })),
  /** Those whose phones were used last, a hundred at most. */
  citizens: z.array(citizenViewSchema),
  citizenCount: z.int(),
  subscriptionTemplates: z.array(subscriptionTemplateViewSchema),
  misbehaviour: misbehaviourSchema,
});

export const overviewSchema = z.object({
  accounts: z.array(accountViewSchema),
  pictures: z.array(z.object({ id: z.string(), title: z.string(), url: z.string() })),
  places: z.array(z.object({ id: z.string(), label: z.string() })),
  /** Paths of the simulated API, for the fault switches. */
  endpoints: z.array(z.string()),
});

export const citizenChatSchema = z.object({ citizen: citizenViewSchema, entries: z.array(chatEntrySchema) });

export const foundCitizensSchema = z.object({ citizens: z.array(citizenViewSchema) });

export const newCitizenSchema = z.object({ nickname: z.string().trim().min(1).max(20) });

/** What a citizen can do, `POST …/actions`. */
export const citizenActionSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('text'), text: z.string().min(1).max(10_000) }),
  z.object({ action: z.literal('choice'), id: z.string(), text: z.string() }),
  /** Presses a button of the bottom menu, by position; picture, place and scanned text for those that ask. */
  z.object({
    action: z.literal('button'),
    position: z.array(z.int().min(0).max(4)).min(1).max(2),
    picture: z.string().optional(),
    place: z.string().optional(),
    scanned: z.string().max(1000).optional(),
  }),
  z.object({ action: z.literal('scan'), scene: z.string().min(1).max(64) }),
  z.object({ action: z.literal('picture'), picture: z.string() }),
  z.object({ action: z.literal('location'), place: z.string() }),
  z.object({ action: z.literal('follow') }),
  z.object({ action: z.literal('unfollow') }),
  /** Answers the popup that asks for consent to subscription notifications, template by template. */
  z.object({
    action: z.literal('subscribe'),
    answers: z
      .array(z.object({ templateId: z.string(), accept: z.boolean() }))
      .min(1)
      .max(10),
  }),
  /** Takes a consent back, in the account's profile. */
  z.object({ action: z.literal('withdraw'), templateId: z.string() }),
  /** Switches the account's template and mass messages off, or on again. The platform tells nobody. */
  z.object({ action: z.literal('refuse_messages'), refuse: z.boolean() }),
  /** Delivers the last message once more, unchanged, as the platform does after a broken connection. */
  z.object({ action: z.literal('repeat') }),
]);

/** What a page hands to `WeixinJSBridge.invoke('getBrandWCPayRequest', …)`; the names are the platform's. */
export const bridgeParametersSchema = z.object({
  appId: z.string(),
  timeStamp: z.string(),
  nonceStr: z.string(),
  package: z.string(),
  signType: z.string(),
  paySign: z.string(),
});

/** What the pay sheet shows, `GET /sandbox/api/pay/:accountId/prepaid/:prepayId`. */
export const paySheetSchema = z.object({
  accountId: z.string(),
  prepayId: z.string(),
  accountName: z.string(),
  payerName: z.string(),
  description: z.string(),
  /** In fen. */
  total: z.int(),
  /** Why it cannot be paid; null: it can. */
  unpayable: z.enum(['paid', 'closed', 'expired']).nullable(),
});

/** `fail`: the payment does not go through, as with an empty wallet; `leave`: the page is never told anything. */
export const paySheetAnswerSchema = z.object({ answer: z.enum(['pay', 'cancel', 'fail', 'leave']) });

/** One delivery of a callback, `GET /sandbox/api/pay/:accountId/callbacks`. */
export const callbackRecordSchema = z.object({
  at: z.number(),
  /** The platform's id of the event. */
  id: z.string(),
  eventType: z.string(),
  kind: z.enum(['genuine', 'duplicate', 'lost', ...forgerySchema.options]),
  outTradeNo: z.string(),
  outRefundNo: z.string().nullable(),
  /** 1 to 16. */
  attempt: z.int(),
  /** The HTTP status answered; null: none. */
  status: z.int().nullable(),
  problem: z.string().nullable(),
});

/** One line of the event stream, `GET /sandbox/api/events`. */
export const liveUpdateSchema = z.discriminatedUnion('type', [
  /** A new entry, or a new state of the entry with the same id. */
  z.object({ type: z.literal('entry'), accountId: z.string(), openid: z.string(), entry: chatEntrySchema }),
  z.object({ type: z.literal('typing'), accountId: z.string(), openid: z.string(), typing: z.boolean() }),
  z.object({ type: z.literal('account'), account: accountViewSchema }),
]);

export type ChatContent = z.output<typeof chatContentSchema>;
export type Delivery = z.output<typeof deliverySchema>;
export type ChatEntry = z.output<typeof chatEntrySchema>;
export type ChatChannel = NonNullable<ChatEntry['via']>;
export type EndpointFault = z.output<typeof endpointFaultSchema>;
export type RateLimit = z.output<typeof rateLimitSchema>;
export type ReportConduct = z.output<typeof reportConductSchema>;
export type Misbehaviour = z.output<typeof misbehaviourSchema>;
/** As the page and tests write it: what is left out behaves. */
export type MisbehaviourInput = z.input<typeof misbehaviourSchema>;
export type Forgery = z.output<typeof forgerySchema>;
export type PlantedDifference = z.output<typeof plantedDifferenceSchema>;
export type PayConduct = z.output<typeof payConductSchema>;
export type BridgeParameters = z.output<typeof bridgeParametersSchema>;
export type PaySheet = z.output<typeof paySheetSchema>;
export type PaySheetAnswer = z.output<typeof paySheetAnswerSchema>['answer'];
export type CallbackRecord = z.output<typeof callbackRecordSchema>;
export type MenuButtonView = z.output<typeof menuButtonSchema>;
export type CitizenView = z.output<typeof citizenViewSchema>;
export type AccountView = z.output<typeof accountViewSchema>;
export type Overview = z.output<typeof overviewSchema>;
export type CitizenChat = z.output<typeof citizenChatSchema>;
export type CitizenAction = z.output<typeof citizenActionSchema>;
export type LiveUpdate = z.output<typeof liveUpdateSchema>;
