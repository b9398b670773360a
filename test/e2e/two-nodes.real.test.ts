import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Reply } from '../../src/core/messages.js';
import type { Content, MenuNode } from '../../src/dialog/content-model.js';
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
import { findJournalFaults, StoredRecords, type Acknowledged } from './journal.js';
import { publishChange, withText } from './publish-change.js';

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
    expect(await records.exchanges(openid)).toHaveLength(60);
    expect(await findJournalFaults(records, acknowledged)).toEqual([]);
  });

  it('know the place in the menu that the citizen reached on the other one', async () => {
    const path = ['3', '3', '2', '#', '#', '4', '1'];
    for (const [index, text] of path.entries()) await nodes[index % 2]!.answer(buildText(openid, text));
    const exchanges = await records.exchanges(openid);
    expect(exchanges.map(({ decidedBy }) => decidedBy.node)).toEqual([
      'household',
      'id-card',
      'id-card-renew',
      'id-card',
      'household',
      'residence-permit',
      'residence-permit-apply',
    ]);
  });
});

describe('a release published while two nodes run', () => {
  const account = buildAccount('safe');
  const uri = testDatabaseUri('release');
  let nodes: Node[];
  let records: StoredRecords;
  /** Of the last release published. */
  let tree: Content['tree'];

  beforeAll(async () => {
    records = new StoredRecords(uri);
    const settings = {
      ...settingsFor(account),
      MONGODB_URI: uri,
      DATA_DIR: await temporaryFolder('release'),
    };
    nodes = await Promise.all([startNode(account, settings), startNode(account, settings)]);
    await publish((content) => content);
  }, 90_000);
  afterAll(async () => {
    await Promise.all(nodes.map(({ suishen }) => suishen.stop()));
    await records.close();
  });

  async function publish(change: (content: Content) => Content): Promise<number> {
    return publishChange(uri, account.accountId, (before) => {
      const after = change(before);
      tree = after.tree;
      return after;
    });
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
    const release = await publish((content) => withText(content, 'thanks', '别客气，慢走。'));
    for (const node of nodes) {
      await untilLive(node, release);
      expect(await node.answer(buildText(buildOpenid(), '谢谢'))).toEqual({
        kind: 'text',
        text: '别客气，慢走。',
      });
    }
  });

  it('gives nobody another page than the one that stood on the list they saw', async () => {
    const mainMenu = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((number) => ({ path: ['0'], number }));
    const idCards = ['1', '2', '3', '4', '5', '6', '7', '8'].map((number) => ({ path: ['3', '3'], number }));
    const seen = await Promise.all(
      [...mainMenu, ...idCards].map(async ({ path, number }, index) => {
        const openid = buildOpenid();
        let list: Reply | null = null;
        for (const text of path) list = await nodes[index % 2]!.answer(buildText(openid, text));
        return { openid, number, title: titleListed(list, number) };
      }),
    );
    const release = await publish((content) => ({ ...content, tree: renumber(content.tree) }));
    for (const node of nodes) await untilLive(node, release);

    for (const [index, { openid, number, title }] of seen.entries()) {
      await nodes[(index + 1) % 2]!.answer(buildText(openid, number));
      const exchange = (await records.exchanges(openid)).at(-1);
      const page = findNode(tree, exchange?.decidedBy.node)?.title;
      expect({ release: exchange?.release, page }).toEqual({ release, page: title });
    }
  });

  it('says that the content has changed where the page listed is gone', async () => {
    const openid = buildOpenid();
    const booking = tree.find(({ id }) => id === 'booking')!;
    const { number } = booking;
    await nodes[0]!.answer(buildText(openid, '0'));
    const release = await publish((content) => ({
      ...content,
      tree: content.tree.filter(({ id }) => id !== 'booking'),
      rules: content.rules.filter(({ to }) => !('node' in to && findNode([booking], to.node))),
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

/** Every number of every list, one further; the last becomes the first. */
function renumber(siblings: readonly MenuNode[]): MenuNode[] {
  return siblings.map((node) => ({
    ...node,
    number: (node.number % siblings.length) + 1,
    children: renumber(node.children),
  }));
}

function findNode(nodes: readonly MenuNode[], id: string | undefined): MenuNode | undefined {
  return nodes.flatMap((node) => [node, findNode(node.children, id)]).find((node) => node?.id === id);
}
