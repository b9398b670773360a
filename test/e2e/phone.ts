import { z } from 'zod';
import {
  chatEntrySchema,
  overviewSchema,
  type ChatContent,
  type ChatEntry,
  type CitizenAction,
  type Overview,
} from '../../src/api-types/sandbox.js';
import { until } from '../support/until.js';

const chatSchema = z.object({ entries: z.array(chatEntrySchema) });

/** A citizen's phone, through the HTTP interface of the sandbox's page. */
export class Phone {
  readonly openid: string;
  readonly #citizen: string;

  private constructor(api: string, accountId: string, openid: string) {
    this.openid = openid;
    this.#citizen = `${api}/accounts/${accountId}/citizens/${openid}`;
  }

  /** The phone of somebody new, who does not follow yet. */
  static async ofSomebodyNew(origin: string, accountId: string): Promise<Phone> {
    const api = `${origin}/sandbox/api`;
    const answer = await post(`${api}/accounts/${accountId}/citizens`, { nickname: '阿芳' });
    return new Phone(api, accountId, z.object({ openid: z.string() }).parse(answer).openid);
  }

  static async overview(origin: string): Promise<Overview> {
    return overviewSchema.parse(await (await fetch(`${origin}/sandbox/api/overview`)).json());
  }

  /** Does something, waits until the platform has delivered it, and gives what the account said to it. */
  async act(action: CitizenAction): Promise<ChatContent[]> {
    const before = (await this.chat()).at(-1)?.id ?? 0;
    await post(`${this.#citizen}/actions`, action);
    const news = await until(`the answer to ${JSON.stringify(action)}`, async () => {
      const entries = (await this.chat()).filter(({ id }) => id > before);
      return entries.some(({ delivery }) => delivery !== null && isOver(delivery)) && entries;
    });
    return news.filter(({ from }) => from !== 'citizen').map(({ content }) => content);
  }

  /** As `act`, where one text is expected. */
  async textFor(action: CitizenAction): Promise<string> {
    const [content, ...more] = await this.act(action);
    if (content?.kind !== 'text' || more.length > 0)
      throw new Error(`not one text: ${JSON.stringify([content, ...more])}`);
    return content.text;
  }

  say(text: string): Promise<string> {
    return this.textFor({ action: 'text', text });
  }

  async chat(): Promise<ChatEntry[]> {
    return chatSchema.parse(await (await fetch(`${this.#citizen}/chat`)).json()).entries;
  }

  /** Has the last message delivered once more, unchanged; how the second answer compares with the first. */
  async repeat(): Promise<'same_answer' | 'other_answer'> {
    await post(`${this.#citizen}/actions`, { action: 'repeat' });
    return until('the second answer', async () => {
      const verdict = (await this.chat()).findLast(({ delivery }) => delivery !== null)?.delivery?.duplicate;
      return verdict !== 'none' && verdict;
    });
  }
}

function isOver({ state }: NonNullable<ChatEntry['delivery']>): boolean {
  return state === 'answered' || state === 'silent' || state === 'failed';
}

async function post(url: string, body: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status} ${await response.text()}`);
  return response.json();
}
