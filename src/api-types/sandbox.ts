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
  /** A template message: a card of keywords that opens a page. */
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
  /** How the account said it: in the response to the webhook, or as a customer-service or template message. */
  via: z.enum(['reply', 'customer_service', 'template']).nullable(),
});

export const endpointFaultSchema = z.object({
  /** Path of the platform's API, such as `/cgi-bin/message/custom/send`. */
  endpoint: z.string().min(1),
  /** How many of the next calls fail. */
  times: z.int().min(1).max(100_000),
  fault: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('errcode'), errcode: z.int() }),
    z.object({ kind: z.literal('http'), status: z.int().min(400).max(599) }),
    /** Nothing is answered until the caller gives up. */
    z.object({ kind: z.literal('hang') }),
    /** The call takes effect, then the connection breaks before its answer. */
    z.object({ kind: z.literal('cut') }),
  ]),
});

export const misbehaviourSchema = z.object({
  /** Every delivery starts this much late, in milliseconds. */
  slowMs: z.int().min(0).max(600_000),
  duplicateAll: z.boolean(),
  outOfOrder: z.boolean(),
  faults: z.array(endpointFaultSchema).max(20),
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
});

export const accountViewSchema = z.object({
  accountId: z.string(),
  name: z.string(),
  messageMode: z.enum(['plain', 'compat', 'safe']),
  menu: z.array(menuButtonSchema),
  scenes: z.array(z.object({ scene: z.string(), title: z.string() })),
  citizens: z.array(citizenViewSchema),
  misbehaviour: misbehaviourSchema,
});

export const overviewSchema = z.object({
  accounts: z.array(accountViewSchema),
  pictures: z.array(z.object({ id: z.string(), title: z.string(), url: z.string() })),
  places: z.array(z.object({ id: z.string(), label: z.string() })),
  /** Paths of the simulated API, for the fault switches. */
  endpoints: z.array(z.string()),
});

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
  /** Delivers the last message once more, unchanged, as the platform does after a broken connection. */
  z.object({ action: z.literal('repeat') }),
]);

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
export type EndpointFault = z.output<typeof endpointFaultSchema>;
export type Misbehaviour = z.output<typeof misbehaviourSchema>;
export type MenuButtonView = z.output<typeof menuButtonSchema>;
export type CitizenView = z.output<typeof citizenViewSchema>;
export type AccountView = z.output<typeof accountViewSchema>;
export type Overview = z.output<typeof overviewSchema>;
export type CitizenAction = z.output<typeof citizenActionSchema>;
export type LiveUpdate = z.output<typeof liveUpdateSchema>;
