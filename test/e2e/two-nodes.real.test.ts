import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/core/clock.js';
import type { Reply } from '../../src/core/messages.js';
import type { Content } from '../../src/dialog/content-model.js';
import { createContentFeature } from '../../src/features/content/content-feature.js';
import type { ContentService } from '../../src/features/content/content-service.js';
import { silentLogger } from '../../src/observability/logger.js';
import { connectMongo, type MongoConnection } from '../../src/storage/mongo-connection.js';
import type { WechatAccount } from '../../src/wechat/account.js';
import {
  buildAccount,
  buildOpenid,
  buildText,
  deliver,
  settingsFor,
  type PlatformMessage,
} from '../support/platform-sender.js';
import { startSuishen, type SuishenProcess } from '../support/suishen-process.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { testDatabaseUri } from '../support/test-database.js';
import { until } from '../support/until.js';
import { faultsOfJournal, StoredRecords, type Acknowledged } from './journal.js';

describe.each(['plain', 'safe'] as const)('two nodes of one account in %s mode', (mode) => {
  const account = buildAccount(mode);
  const uri = testDatabaseUri(`nodes_${mode}`);
  let nodes: Node[];
  let records: StoredRecords;
  let openid: string;

  beforeAll(async () => {
    records = new StoredRecords(uri);
    const settings = { ...settingsFor(account), MONGODB_URI: uri, DATA_DIR: await temporaryFolder('nodes') };
    // At once: both find an empty database.
    nodes = await Promise.all([startNode(account, settings), startNode(account, settings)]);
  }, 90_000);
  afterAll(async () => {
    await Promise.all(nodes.map(({ suishen }) => suishen.stop()));
    await records.close();
  });
  beforeEach(() => {
    openid = buildOpenid();
  });

  it('give one answer to a message that both receive, and record it once', async () => {
    for (const text of ['3', '身份证过期了', '广场上的鸽子归谁喂']) {
      const message = buildText(openid, text);
      const [one, other] = await Promise.all(nodes.map((node) => node.answer(message)));
      expect(one).toEqual(other);
    }
    const exchanges = await records.exchanges(openid);
    expect(exchanges.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('keep sixty messages of one citizen in one order, without a gap or a double', async () => {
    const messages = Array.from({ length: 60 }, (_, index) => buildText(openid, String((index % 9) + 1)));
    const acknowledged = await Promise.all(
      messages.map(async (message, index): Promise<Acknowledged> => {
        return { message, reply: await nodes[index % 2]!.answer(message) };
      }),
    );
    const exchanges = await records.exchanges(openid);
    expect(exchanges).toHaveLength(60);
    expect(faultsOfJournal(exchanges, acknowledged)).toEqual([]);
  });

  it('know the place in the menu that the citizen reached on the other one', async () => {
    const path = ['3', '3', '2', '#', '#', '4', '1'];
    for (const [index, text] of path.entries()) await nodes[index % 2]!.answer(buildText(openid, text));
    const exchanges = await records.exchanges(openid);
    expect(exchanges.map(({ decidedBy }) => decidedBy.node)).toEqual([
      ...['household', 'id-card', 'id-card-renew', 'id-card', 'household', 'residence-permit'],
      'residence-permit-apply',
    ]);
  });
});

describe('a release published while two nodes run', () => {
  const account = buildAccount('safe');
  const uri = testDatabaseUri('release');
  let nodes: Node[];
  let records: StoredRecords;
  let connection: MongoConnection;
  let contents: ContentService;

  beforeAll(async () => {
    records = new StoredRecords(uri);
    const settings = { ...settingsFor(account), MONGODB_URI: uri, DATA_DIR: await temporaryFolder('release') };
    nodes = await Promise.all([startNode(account, settings), startNode(account, settings)]);
    connection = await connectMongo(uri, silentLogger);
    contents = createContentFeature({
      connection,
      logger: silentLogger,
      clock: systemClock,
    }).contentService;
  }, 90_000);
  afterAll(async () => {
    await Promise.all(nodes.map(({ suishen }) => suishen.stop()));
    await connection.close();
    await records.close();
  });

  async function publish(change: (content: Content) => Content): Promise<number> {
    const { accountId } = account;
    const content = change((await contents.findLiveContent(accountId))!);
    const { live } = await contents.publish({ accountId, content, by: 'editor', note: '' });
    return live.number;
  }

  /** Asks as strangers do until the node answers from the release. */
  async function untilLive(node: Node, release: number): Promise<void> {
    await until(`release ${release} is live`, async () => {
      const openid = buildOpenid();
      await node.answer(buildText(openid, '0'));
      return (await records.exchanges(openid))[0]?.release === release;
    });
  }

  it('is answered from by both', async () => {
    const release = await publish((content) => ({
      ...content,
      replies: content.replies.map((reply) =>
        reply.id === 'thanks' && reply.type === 'text' ? { ...reply, text: '别客气，慢走。' } : reply,
      ),
    }));
    for (const node of nodes) {
      await untilLive(node, release);
      expect(await node.answer(buildText(buildOpenid(), '谢谢'))).toEqual({
        kind: 'text',
        text: '别客气，慢走。',
      });
    }
  });

  it('gives nobody another page than the one that stood on the list they saw', async () => {
    const numbers = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
    const seen = await Promise.all(
      numbers.map(async (number, index) => {
        const openid = buildOpenid();
        const list = await nodes[index % 2]!.answer(buildText(openid, '0'));
        return { openid, number, title: titleListed(list, number) };
      }),
    );
    const release = await publish((content) => ({
      ...content,
      tree: content.tree.map((node) => ({ ...node, number: (node.number % 9) + 1 })),
    }));
    for (const node of nodes) await untilLive(node, release);

    const titles = new Map((await liveTree()).map(({ id, title }) => [id, title]));
    for (const [index, { openid, number, title }] of seen.entries()) {
      await nodes[(index + 1) % 2]!.answer(buildText(openid, number));
      const exchange = (await records.exchanges(openid)).at(-1);
      expect({ release: exchange?.release, page: titles.get(exchange?.decidedBy.node ?? '') }).toEqual({
        release,
        page: title,
      });
    }
  });

  it('says that the content has changed where the page listed is gone', async () => {
    const openid = buildOpenid();
    const number = (await liveTree()).find(({ id }) => id === 'booking')!.number;
    await nodes[0]!.answer(buildText(openid, '0'));
    const release = await publish((content) => ({
      ...content,
      tree: content.tree.filter(({ id }) => id !== 'booking'),
      rules: content.rules.filter(({ to }) => !('node' in to && to.node.startsWith('booking'))),
      buttons: content.buttons.map((button) =>
        'buttons' in button
          ? { ...button, buttons: button.buttons.filter(({ name }) => name !== '预约办事') }
          : button,
      ),
    }));
    for (const node of nodes) await untilLive(node, release);
    const answer = await nodes[1]!.answer(buildText(openid, String(number)));
    expect(answer).toEqual({ kind: 'text', text: expect.stringMatching(/^内容刚刚更新/) });
  });

  async function liveTree(): Promise<Content['tree']> {
    return (await contents.findLiveContent(account.accountId))!.tree;
  }
});

interface Node {
  suishen: SuishenProcess;
  /** @throws Error when the message is not acknowledged at once */
  answer: (message: PlatformMessage) => Promise<Reply | null>;
}

async function startNode(account: WechatAccount, settings: Record<string, string>): Promise<Node> {
  const suishen = await startSuishen(settings);
  return {
    suishen,
    async answer(message) {
      const response = await deliver(suishen.origin, account, message);
      if (response.kind === 'none') throw new Error(`not acknowledged: ${response.problem}`);
      return response.reply;
    },
  };
}

function titleListed(reply: Reply | null, number: string): string | undefined {
  const text = reply?.kind === 'text' ? reply.text : '';
  return new RegExp(`^【${number}】(.+)$`, 'm').exec(text)?.[1];
}
