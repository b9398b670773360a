import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildEdition } from '../../scripts/bench/publish/edition.js';
import type { Content, MenuNode } from '../../src/dialog/content-model.js';
import { buildAccount, buildOpenid, buildText, deliver, settingsFor } from '../support/platform-sender.js';
import { startSuishen, type SuishenProcess } from '../support/suishen-process.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { testDatabaseUri } from '../support/test-database.js';
import { StoredRecords } from './journal.js';
import { publishChange } from './publish-change.js';

/** So many that messages come in again and again while they are compiled. */
const subjects = 2_000;
const citizensPerNode = 4;

const account = buildAccount('safe');
const uri = testDatabaseUri('publish_large');
let nodes: SuishenProcess[];
let records: StoredRecords;

beforeAll(async () => {
  records = new StoredRecords(uri);
  const settings = { ...settingsFor(account), MONGODB_URI: uri, DATA_DIR: await temporaryFolder('large') };
  nodes = await Promise.all([startSuishen(settings), startSuishen(settings)]);
}, 90_000);
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await records.close();
});

interface Asked {
  openid: string;
  node: string;
  /** The editions that the answer names: in its reply, and in each line of its list. */
  editions: string[];
}

describe('while a large release is published', () => {
  let sample: Content;
  const publish = (edition: number) =>
    publishChange(uri, account.accountId, (live) => {
      sample ??= live;
      return buildMarked(sample, edition);
    });

  it('every message is answered, and no answer mixes two releases', async () => {
    const first = await publish(1);
    const pages = pagesWithLists(buildMarked(sample, 1));
    await askAll(pages, '1');
    const [second, asked] = await Promise.all([publish(2), askAll(pages, '2')]);

    const exchanges = new Map((await records.exchanges()).map((exchange) => [exchange.openid, exchange]));
    const releaseOf: Record<string, number> = { 1: first, 2: second };
    for (const ofOneCitizenAfterAnother of asked) {
      for (const { openid, node, editions } of ofOneCitizenAfterAnother) {
        expect(new Set(editions).size).toBe(1);
        expect(exchanges.get(openid)).toMatchObject({
          release: releaseOf[editions[0]!],
          decidedBy: { node },
        });
      }
      const order = ofOneCitizenAfterAnother.map(({ editions }) => editions[0]);
      expect(order).toEqual(order.toSorted());
    }
    expect(asked.flat().some(({ editions }) => editions[0] === '1')).toBe(true);
  }, 180_000);
});

/** Replies name the edition; here the titles do so too. */
function buildMarked(sample: Content, edition: number): Content {
  const content = buildEdition(sample, subjects, edition);
  const mark = (node: MenuNode): MenuNode => ({
    ...node,
    title: node.id.startsWith('bench-') ? `第${edition}版` : node.title,
    children: node.children.map(mark),
  });
  return { ...content, tree: content.tree.map(mark) };
}

interface Page {
  node: string;
  /** The keyword that opens it. */
  word: string;
}

function pagesWithLists({ tree, rules }: Content): Page[] {
  const words = new Map(rules.map(({ id, whole }) => [id, whole[0]]));
  const below = (node: MenuNode): MenuNode[] => [node, ...node.children.flatMap(below)];
  return tree
    .flatMap(below)
    .filter(({ id, children }) => id.startsWith('bench-') && children.length > 0)
    .map(({ id }) => ({ node: id, word: words.get(id)! }));
}

/** Several citizens at each node write, one after another, until every one of them is answered from the edition. */
function askAll(pages: readonly Page[], edition: string): Promise<Asked[][]> {
  return Promise.all(
    nodes.flatMap((node) =>
      Array.from({ length: citizensPerNode }, async (_, citizen) => {
        const asked: Asked[] = [];
        for (let turn = citizen; asked.at(-1)?.editions[0] !== edition; turn += citizensPerNode) {
          asked.push(await ask(node, pages[turn % pages.length]!));
        }
        return asked;
      }),
    ),
  );
}

/** @throws Error when the message is not acknowledged at once */
async function ask({ origin }: SuishenProcess, { node, word }: Page): Promise<Asked> {
  const openid = buildOpenid();
  const response = await deliver(origin, account, buildText(openid, word));
  if (response.kind === 'none') throw new Error(`not acknowledged: ${response.problem}`);
  const text = response.reply?.kind === 'text' ? response.reply.text : '';
  return { openid, node, editions: Array.from(text.matchAll(/第(\d)版/g), ([, edition]) => edition!) };
}
