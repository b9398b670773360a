import { Agent, request } from 'node:http';
import { request as secureRequest, Agent as SecureAgent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../core/clock.js';
import { describeError } from '../../core/errors.js';
import type { WechatAccount } from '../../wechat/account.js';
import { randomText } from '../random-text.js';
import type { SandboxTimings } from '../sandbox-options.js';
import { signedDelivery, type SignedDelivery } from '../sign-delivery.js';

/** What came back from one attempt: a body, or why there is none. */
export type WebhookResponse = { kind: 'body'; body: string } | { kind: 'none'; problem: string };

export interface WebhookPostOptions {
  clock: Clock;
  random: () => number;
  timings: SandboxTimings;
  webhookUrl: (accountId: string) => string;
}

/** WeChat sends again three times when no answer comes within 5 s. */
const attemptsAtMost = 4;

/** Brings messages and events to an account's webhook as the platform does. */
export class WebhookPost {
  readonly #options: WebhookPostOptions;

  constructor(options: WebhookPostOptions) {
    this.#options = options;
  }

  /** Up to four attempts, each signed afresh; any body is an answer and ends them. */
  async deliver(
    account: WechatAccount,
    xml: string,
    onAttempt?: (attempts: number) => void,
  ): Promise<{ attempts: number; response: WebhookResponse }> {
    const { clock, random, timings, webhookUrl } = this.#options;
    for (let attempts = 1; ; attempts += 1) {
      if (attempts > 1) await sleep(timings.resendPauseMs);
      onAttempt?.(attempts);
      const delivery = signedDelivery(account, xml, clock.now(), randomText(random, 10, '0123456789'));
      const response = await postToWebhook(webhookUrl(account.accountId), delivery, timings.answerDeadlineMs);
      if (response.kind === 'body' || attempts === attemptsAtMost) return { attempts, response };
    }
  }
}

/** Idle connections end before a server may close them under a request that is just being written. */
const keepAlive = { keepAlive: true, timeout: 4000, scheduling: 'lifo' } as const;
const agent = new Agent(keepAlive);
const secureAgent = new SecureAgent(keepAlive);

/**
 * Posts one delivery and waits `deadlineMs` for the whole answer, then closes the connection as the platform does.
 * Any status but 200 counts as no answer.
 */
export function postToWebhook(
  webhookUrl: string,
  delivery: SignedDelivery,
  deadlineMs: number,
): Promise<WebhookResponse> {
  const url = new URL(webhookUrl);
  for (const [name, value] of Object.entries(delivery.query)) url.searchParams.set(name, value);
  const body = Buffer.from(delivery.body);
  const headers = { 'Content-Type': 'text/xml', 'Content-Length': body.length };
  return new Promise((resolve) => {
    const asking =
      url.protocol === 'https:'
        ? secureRequest(url, { method: 'POST', headers, agent: secureAgent })
        : request(url, { method: 'POST', headers, agent });
    const end = (response: WebhookResponse) => {
      clearTimeout(deadline);
      resolve(response);
    };
    const fail = (error: unknown) => end({ kind: 'none', problem: describeError(error) });
    const deadline = setTimeout(() => {
      end({ kind: 'none', problem: `no answer in ${deadlineMs} ms` });
      asking.destroy();
    }, deadlineMs);
    asking.on('error', fail);
    asking.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () => {
        end(
          response.statusCode === 200
            ? { kind: 'body', body: Buffer.concat(chunks).toString('utf8') }
            : { kind: 'none', problem: `HTTP ${response.statusCode}` },
        );
      });
    });
    asking.end(body);
  });
}
