/** What the benchmark and its load process say to each other. */
import { z } from 'zod';

const vocabulary = z.object({
  numbers: z.array(z.string()),
  keywords: z.array(z.string()),
  unknown: z.array(z.string()),
  buttonKeys: z.array(z.string()),
  scenes: z.array(z.string()),
});

const account = z.object({
  accountId: z.string(),
  appId: z.string(),
  appSecret: z.string(),
  token: z.string(),
  messageMode: z.enum(['plain', 'compat', 'safe']),
  aesKey: z.string(),
});

const loadOptions = z.object({
  port: z.int(),
  connections: z.int(),
  expectation: z.enum(['success', 'echo', 'mixed']),
  warmUpMs: z.number(),
  measureMs: z.number(),
  perSecond: z.number().nullable(),
  answerDeadlineMs: z.number(),
});

export const loadCommandSchema = z.discriminatedUnion('command', [
  /** Begins a new stream of messages. */
  z.object({
    command: z.literal('mix'),
    account,
    mix: z.object({
      vocabulary,
      citizens: z.int(),
      firstCitizen: z.int().optional(),
      seed: z.int(),
      order: z.enum(['random', 'in-turn']),
    }),
  }),
  /** Builds the next `count` messages of the stream; they replace those built before. */
  z.object({ command: z.literal('build'), count: z.int() }),
  /** Sends what was built. */
  z.object({ command: z.literal('run'), options: loadOptions }),
]);

export const loadReportSchema = z.object({
  sent: z.int(),
  acknowledged: z.int(),
  faults: z.record(z.string(), z.int()),
  perSecond: z.number(),
  latency: z.object({ p50: z.number(), p99: z.number(), p999: z.number(), max: z.number() }),
  /** Answers read in full: decrypted, and compared with the message. */
  checked: z.int(),
  /** Share of one core that the load process used; near 1 it measures itself. */
  clientCpu: z.number(),
});

export const loadReplySchema = z.discriminatedUnion('reply', [
  z.object({ reply: z.literal('done') }),
  z.object({ reply: z.literal('report'), report: loadReportSchema }),
  z.object({ reply: z.literal('failed'), reason: z.string() }),
]);

export type LoadCommand = z.output<typeof loadCommandSchema>;
export type LoadReply = z.output<typeof loadReplySchema>;
export type LoadReport = z.output<typeof loadReportSchema>;
/** An account with all that either mode needs. */
export type BenchAccount = z.output<typeof account>;
