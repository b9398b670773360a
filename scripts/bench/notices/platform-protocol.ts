import { z } from 'zod';
import { citizenActionSchema } from '../../../src/api-types/sandbox.js';
import type { WechatAccount } from '../../../src/wechat/account.js';

/** Parts of a `MisbehaviourInput`, read where it is put to use: defaults are for the parts that are named. */
const conductChange = z.record(z.string(), z.unknown());

/** What the platform's process is started with. */
export const platformSetupSchema = z.object({
  /** Both ends are ours. */
  account: z.custom<WechatAccount>(),
  followers: z.int().min(0),
  seed: z.int(),
  webhookUrl: z.string(),
  misbehaviour: conductChange,
  dailyLimits: z.record(z.string(), z.int()),
  massRepeatPauseMs: z.int().optional(),
});

/** What is made of a range of followers, `from` inclusive, `to` exclusive, in the order of their list. */
export const citizenChangeSchema = z.object({
  following: z.boolean().optional(),
  blacklisted: z.boolean().optional(),
  refusesMessages: z.boolean().optional(),
  /** Has just written: five customer-service messages within 48 hours. */
  hasWritten: z.literal(true).optional(),
  /** Consents to subscription notifications, by template. */
  consents: z.record(z.string(), z.int()).optional(),
  /** Mass messages received this month already. */
  massReceived: z.int().optional(),
});

/** What the process is asked, one after the other. */
export const platformQuestionSchema = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('openids') }),
  z.object({ ask: z.literal('misbehave'), change: conductChange }),
  z.object({ ask: z.literal('alter'), from: z.int(), to: z.int(), change: citizenChangeSchema }),
  z.object({ ask: z.literal('act'), openid: z.string(), action: citizenActionSchema }),
  z.object({ ask: z.literal('counts') }),
  z.object({ ask: z.literal('received') }),
  z.object({ ask: z.literal('start over') }),
  z.object({ ask: z.literal('settle') }),
]);

const channelCountsSchema = z.object({
  /** All that arrived. */
  messages: z.int(),
  /** Citizens who received any. */
  citizens: z.int(),
  /** What one citizen received at most. */
  most: z.int(),
});

const receivedSchema = z.object({
  customer_service: z.int(),
  subscription: z.int(),
  template: z.int(),
  mass: z.int(),
});

export const platformCountsSchema = z.object({
  received: z.object({
    customer_service: channelCountsSchema,
    subscription: channelCountsSchema,
    template: channelCountsSchema,
    mass: channelCountsSchema,
  }),
  /** By path and outcome: `ok`, an error code, `http 502`, `hang`, `cut`, `drop`. */
  calls: z.record(z.string(), z.record(z.string(), z.int())),
  /** In the order in which the limits are set. */
  rates: z.array(
    z.object({
      endpoint: z.string(),
      /** Calls that the rate granted between the first and the last call. */
      allowance: z.number(),
      admitted: z.int(),
      refused: z.int(),
    }),
  ),
  reports: z.object({ made: z.int(), lost: z.int(), delivered: z.int(), failed: z.int() }),
  /** Bytes. */
  rss: z.number(),
  /** Processor time since the start. */
  cpuMs: z.number(),
});

export const openidsSchema = z.array(z.string());
export const receivedListSchema = z.array(z.tuple([z.string(), receivedSchema]));

/** Everything that the process says over IPC. */
export const platformMessageSchema = z.union([
  z.object({ ready: z.int() }),
  z.object({ answer: z.unknown() }),
  z.object({ refused: z.string() }),
]);

export type PlatformSetup = z.output<typeof platformSetupSchema>;
export type CitizenChange = z.output<typeof citizenChangeSchema>;
export type PlatformQuestion = z.output<typeof platformQuestionSchema>;
export type PlatformCounts = z.output<typeof platformCountsSchema>;
export type Received = z.output<typeof receivedSchema>;
