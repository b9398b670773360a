import { z } from 'zod';
import { chatEntrySchema } from '../api-types/sandbox.js';
import { payStateSchema } from './pay/pay-state.js';

/** Leave to send customer-service messages, opened by something that the citizen did. */
const grantSchema = z.object({
  trigger: z.enum(['message', 'click', 'follow', 'scan']),
  expiresAt: z.number(),
  remaining: z.int(),
});

/** Messages that arrived, by the way they took; replies to the webhook and previews are not counted. */
const receivedSchema = z.object({
  customer_service: z.int(),
  subscription: z.int(),
  template: z.int(),
  mass: z.int(),
});

const nothingReceived = { customer_service: 0, subscription: 0, template: 0, mass: 0 };

export const citizenStateSchema = z.object({
  openid: z.string(),
  nickname: z.string(),
  following: z.boolean(),
  /** 0: has never followed. */
  followedAt: z.number(),
  /** The scene of the QR code that led here; null: found by search. */
  followScene: z.string().nullable(),
  /** When the citizen last did something that a typing hint may answer. */
  lastActiveAt: z.number(),
  /** The account's typing hint is shown until then. */
  typingUntil: z.number(),
  grants: z.array(grantSchema),
  chat: z.array(chatEntrySchema),
  /** Ids of the account's tags, in the order in which they were put on. */
  tags: z.array(z.int()).default([]),
  /** By the account: receives nothing of it, and nothing that is said reaches it. */
  blacklisted: z.boolean().default(false),
  /** By the citizen: no template and mass messages. */
  refusesMessages: z.boolean().default(false),
  /** By template: messages that may yet be sent; 1 while a long-term consent stands. */
  consents: z.record(z.string(), z.int()).default({}),
  /** Mass messages of a calendar month in Asia/Shanghai, `YYYY-MM`. */
  mass: z.object({ month: z.string(), count: z.int() }).default({ month: '', count: 0 }),
  received: receivedSchema.default(() => ({ ...nothingReceived })),
});

const buttonSchema = z.object({
  name: z.string(),
  type: z.string().optional(),
  key: z.string().optional(),
  url: z.string().optional(),
  media_id: z.string().optional(),
  article_id: z.string().optional(),
  appid: z.string().optional(),
  pagepath: z.string().optional(),
});

/** A menu as the platform keeps it, in its own field names. */
export const menuSchema = z.array(
  z.object({ ...buttonSchema.shape, sub_button: z.array(buttonSchema).optional() }),
);

const qrCodeSchema = z.object({
  ticket: z.string(),
  scene: z.string(),
  numeric: z.boolean(),
  /** null: permanent. */
  expiresAt: z.number().nullable(),
});

const templateFieldSchema = z.object({
  /** Its type and a number: `thing1`. */
  keyword: z.string(),
  /** What stands before it on the card. */
  name: z.string(),
  example: z.string(),
});

const templateSchema = z.object({
  id: z.string(),
  title: z.string(),
  fields: z.array(templateFieldSchema),
});

const subscriptionTemplateSchema = z.object({
  ...templateSchema.shape,
  kind: z.enum(['one_time', 'long_term']),
});

/** What the simulated platform remembers of one account across restarts. */
export const accountStateSchema = z.object({
  accountId: z.string(),
  menu: menuSchema.nullable(),
  qrCodes: z.array(qrCodeSchema),
  citizens: z.array(citizenStateSchema),
  templates: z.array(templateSchema).default([]),
  subscriptionTemplates: z.array(subscriptionTemplateSchema).default([]),
  tags: z.array(z.object({ id: z.int(), name: z.string() })).default([]),
  /** null: nobody asked for its merchant. */
  pay: payStateSchema.nullable().default(null),
});

export const sandboxStateSchema = z.object({
  version: z.literal(1),
  lastId: z.int(),
  accounts: z.array(accountStateSchema),
});

/** Somebody new, who has done nothing yet. */
export function newCitizen(openid: string, nickname: string): CitizenState {
  return {
    openid,
    nickname,
    following: false,
    followedAt: 0,
    followScene: null,
    lastActiveAt: 0,
    typingUntil: 0,
    grants: [],
    chat: [],
    tags: [],
    blacklisted: false,
    refusesMessages: false,
    consents: {},
    mass: { month: '', count: 0 },
    received: { ...nothingReceived },
  };
}

export type Grant = z.output<typeof grantSchema>;
export type Received = z.output<typeof receivedSchema>;
export type CountedChannel = keyof Received;
export type CitizenState = z.output<typeof citizenStateSchema>;
export type PlatformButton = z.output<typeof buttonSchema>;
export type PlatformMenu = z.output<typeof menuSchema>;
export type QrCode = z.output<typeof qrCodeSchema>;
export type TemplateField = z.output<typeof templateFieldSchema>;
export type Template = z.output<typeof templateSchema>;
export type SubscriptionTemplate = z.output<typeof subscriptionTemplateSchema>;
export type AccountState = z.output<typeof accountStateSchema>;
export type SandboxState = z.output<typeof sandboxStateSchema>;
