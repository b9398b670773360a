import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { CitizenAction, MisbehaviourInput } from '../../../src/api-types/sandbox.js';
import type { WechatAccount } from '../../../src/wechat/account.js';
import { nextMessage } from '../next-message.js';
import {
  openidsSchema,
  platformCountsSchema,
  platformMessageSchema,
  receivedListSchema,
  type CitizenChange,
  type PlatformCounts,
  type PlatformQuestion,
  type PlatformSetup,
  type Received,
} from './platform-protocol.js';

export interface PlatformProcessOptions {
  /** As the product is configured for it. */
  account: WechatAccount;
  followers: number;
  /** Where reports and citizens' messages are delivered; absent: every report is lost. */
  webhookUrl?: string;
  misbehaviour?: Partial<MisbehaviourInput>;
  /** By path of the API. The platform grants accounts of more than 100,000 followers more, and names no number. */
  dailyLimits?: Readonly<Record<string, number>>;
  /** A repeat of a mass message within so long is refused with 45066; default, as on the platform, a minute. */
  massRepeatPauseMs?: number;
  /** The same seed makes the same openids. */
  seed?: number;
}

const grantedToLargeAccounts = { '/cgi-bin/message/template/send': 1_000_000 } as const;
/** Nobody listens there. */
const nowhere = 'http://127.0.0.1:9/';
const done = z.null();

/** The sandbox alone, in a process of its own that ends with this one. */
export async function startPlatformProcess(options: PlatformProcessOptions): Promise<PlatformProcess> {
  const lost = options.webhookUrl === undefined ? { reports: { loseEvery: 1 } } : {};
  const setup: PlatformSetup = {
    account: options.account,
    followers: options.followers,
    seed: options.seed ?? 1,
    webhookUrl: options.webhookUrl ?? nowhere,
    misbehaviour: { ...lost, ...options.misbehaviour },
    dailyLimits: { ...grantedToLargeAccounts, ...options.dailyLimits },
    massRepeatPauseMs: options.massRepeatPauseMs,
  };
  const child = fork(fileURLToPath(new URL('platform-server.ts', import.meta.url)), [JSON.stringify(setup)], {
    execArgv: ['--import', 'tsx'],
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const message = platformMessageSchema.parse(await nextMessage(child));
  if (!('ready' in message)) throw new Error(`the platform did not start: ${JSON.stringify(message)}`);
  return new PlatformProcess(child, message.ready);
}

export class PlatformProcess {
  readonly origin: string;
  /** For WECHAT_API_BASE. */
  readonly apiBase: string;
  readonly #child: ChildProcess;
  #last: Promise<unknown> = Promise.resolve();

  constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.origin = `http://127.0.0.1:${port}`;
    this.apiBase = `${this.origin}/sandbox/platform`;
  }

  /** Of the followers, in the order in which `alter` counts them. */
  openids(): Promise<string[]> {
    return this.#ask({ ask: 'openids' }, openidsSchema);
  }

  /** Changes the parts that are named; a limit in `rates` begins anew. */
  async misbehave(change: Partial<MisbehaviourInput>): Promise<void> {
    await this.#ask({ ask: 'misbehave', change }, done);
  }

  /** Changes the followers `from` (inclusive) to `to` (exclusive). */
  async alter(from: number, to: number, change: CitizenChange): Promise<void> {
    await this.#ask({ ask: 'alter', from, to, change }, done);
  }

  /** Lets a citizen do something on the phone; the webhook hears of it. */
  async act(openid: string, action: CitizenAction): Promise<void> {
    await this.#ask({ ask: 'act', openid, action }, done);
  }

  counts(): Promise<PlatformCounts> {
    return this.#ask({ ask: 'counts' }, platformCountsSchema);
  }

  /** What each follower received, by openid. */
  async received(): Promise<Map<string, Received>> {
    return new Map(await this.#ask({ ask: 'received' }, receivedListSchema));
  }

  /** All counts begin at nothing; what citizens are, and how the platform behaves, stays. */
  async startOver(): Promise<void> {
    await this.#ask({ ask: 'start over' }, done);
  }

  /** Resolves when no report is under way. */
  async settled(): Promise<void> {
    await this.#ask({ ask: 'settle' }, done);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  /** One question after the other: the answers come in their order. @throws Error what the process refused */
  #ask<Answer>(question: PlatformQuestion, schema: z.ZodType<Answer>): Promise<Answer> {
    const asked = this.#last.then(async () => {
      const answer = nextMessage(this.#child);
      this.#child.send(question);
      const message = platformMessageSchema.parse(await answer);
      if ('refused' in message) throw new Error(message.refused);
      return schema.parse('answer' in message ? message.answer : undefined);
    });
    this.#last = asked.catch(() => undefined);
    return asked;
  }
}
