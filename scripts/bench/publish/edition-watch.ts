import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { describeError } from '../../../src/core/errors.js';
import { buildMessageXml } from '../../../src/sandbox/delivery/message-xml.js';
import { readWebhookAnswer } from '../../../src/sandbox/delivery/webhook-answer.js';
import { postToWebhook } from '../../../src/sandbox/delivery/webhook-post.js';
import { signedDelivery } from '../../../src/sandbox/sign-delivery.js';
import type { WechatAccount } from '../../../src/wechat/account.js';
import { accountOpenid } from '../load/message-mix.js';
import { askEdition, editionIn } from './edition.js';

/** Between an answer and the next question. */
const pauseMs = 5;
const patienceMs = 5_000;

/** Citizens who ask one node, one after another, which edition answers: nobody is held by a form that he opened. */
export class EditionWatch {
  readonly faults: string[] = [];
  readonly #account: WechatAccount;
  readonly #url: string;
  #expected = 0;
  #seenAt: number | undefined;
  #asked = 0;
  #stopped = false;
  readonly #asking: Promise<void>;

  constructor(account: WechatAccount, port: number) {
    this.#account = account;
    this.#url = `http://127.0.0.1:${port}/wechat/${account.accountId}`;
    this.#asking = this.#ask();
  }

  /** From now on nothing but this edition answers, once it has begun to. */
  expect(edition: number): void {
    this.#expected = edition;
    this.#seenAt = undefined;
  }

  /** When the edition that is expected first answered, as `performance.now()`. @throws Error after two minutes */
  async seen(): Promise<number> {
    const deadline = performance.now() + 120_000;
    while (this.#seenAt === undefined) {
      if (performance.now() > deadline) throw new Error(`edition ${this.#expected} never answered`);
      await delay(1);
    }
    return this.#seenAt;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#asking;
  }

  async #ask(): Promise<void> {
    while (!this.#stopped) {
      const answer = await this.#deliver().catch((error: unknown) => ({ fault: describeError(error) }));
      if ('fault' in answer) this.faults.push(answer.fault);
      else this.#note(editionIn(answer.text) ?? 0);
      await delay(pauseMs);
    }
  }

  #note(edition: number): void {
    if (edition === this.#expected) this.#seenAt ??= performance.now();
    else if (this.#seenAt !== undefined) this.faults.push(`edition ${edition} after ${this.#expected}`);
  }

  async #deliver(): Promise<{ text: string } | { fault: string }> {
    const account = this.#account;
    const openid = `oWATCH${randomUUID().replaceAll('-', '').slice(0, 22)}`;
    const xml = buildMessageXml({
      ToUserName: accountOpenid,
      FromUserName: openid,
      CreateTime: Math.floor(Date.now() / 1_000),
      MsgType: 'text',
      Content: askEdition,
      MsgId: BigInt(++this.#asked),
    });
    const delivery = signedDelivery(account, xml, Date.now(), randomUUID());
    const response = await postToWebhook(this.#url, delivery, patienceMs);
    if (response.kind === 'none') return { fault: response.problem };
    const expected = { account, originalId: accountOpenid, openid, articles: 8 };
    const answer = readWebhookAnswer(response.body, expected);
    if (answer.kind !== 'reply') return { fault: `the answer is ${answer.kind}` };
    return { text: answer.reply.kind === 'text' ? answer.reply.text : '' };
  }
}
