import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { explainErrors, type Command } from '../../../scripts/content/run-command.js';
import { feedbackCommand } from '../../../scripts/insights/feedback-command.js';
import { withInsights } from '../../../scripts/insights/open-insights.js';
import { unansweredCommand } from '../../../scripts/insights/unanswered-command.js';
import { journalBeginning } from '../../../src/features/conversations/unanswered-reader.js';
import { RatingStoreMongo } from '../../../src/features/insights/rating-store-mongo.js';
import { UnansweredStoreMongo } from '../../../src/features/insights/unanswered-store-mongo.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { connectMongo, type MongoConnection } from '../../../src/storage/mongo-connection.js';
import { buildContent } from '../../support/content-builder.js';
import { testDatabaseUri } from '../../support/test-database.js';

const uri = testDatabaseUri('insights');
const at = new Date('2026-11-22T01:00:00Z');
let connection: MongoConnection;

beforeAll(async () => {
  await withInsights({ MONGODB_URI: uri }, (_insights, content) => content.seed('demo', buildContent()));
  connection = await connectMongo(uri, silentLogger);
});
afterAll(() => connection.close());

async function run(command: Command, ...args: string[]) {
  const lines: string[] = [];
  const terminal = { env: { MONGODB_URI: uri }, print: (line: string) => lines.push(line) };
  return { code: await explainErrors(command)(args, terminal), lines };
}

/** A group that two citizens asked. */
async function asked(groupId: string, text: string): Promise<void> {
  const store = new UnansweredStoreMongo(connection);
  const from = await store.findPosition('fallback', journalBeginning);
  const tally = {
    accountId: 'demo',
    groupId,
    form: text,
    text,
    messages: 3,
    askers: ['a', 'b'],
    firstSeenAt: at,
    lastSeenAt: at,
    nearest: [{ reply: 'passport' }, { node: 'gone' }],
    expiresAt: new Date('2099-01-01T00:00:00Z'),
    terms: [],
  };
  await store.record({ stream: 'fallback', from, to: { ...from, at: from.at + 1 } }, [tally]);
}

describe('unanswered questions on the command line', () => {
  it('are listed, shown, and attached to a reply in the draft', async () => {
    await asked('aaaaaaaaaaaa', '证件搞丢了咋整');

    expect(await run(unansweredCommand, 'list', '--account', 'demo')).toEqual({
      code: 0,
      lines: ['aaaaaaaaaaaa demo 待处理 3 次 2 人  证件搞丢了咋整', '共 1 组'],
    });
    expect((await run(unansweredCommand, 'show', 'aaaaaaaaaaaa')).lines).toEqual([
      'aaaaaaaaaaaa demo 待处理 3 次 2 人  证件搞丢了咋整',
      '  初次 2026-11-22 09:00:00，最近 2026-11-22 09:00:00',
      '  问法：',
      '    3 次  证件搞丢了咋整',
      '  相近的内容：',
      '    reply:passport（护照）',
      '    node:gone',
    ]);

    const attached = ['attach', 'aaaaaaaaaaaa', '--to', 'reply:id-card-lost', '--by', 'li'];
    expect(await run(unansweredCommand, ...attached)).toEqual({
      code: 0,
      lines: [
        'aaaaaaaaaaaa 已归入 reply:id-card-lost（身份证丢失补领）',
        '草稿（第 2 次保存）的规则 id-card-lost 加了 1 个问法：',
        '  证件搞丢了咋整',
        '发布之后生效：npm run publish-content -- demo',
      ],
    });
    expect((await run(unansweredCommand, ...attached)).lines[1]).toMatch(/草稿没有变$/);
    expect((await run(unansweredCommand, 'list')).lines).toEqual(['没有这样的问题']);
    expect((await run(unansweredCommand, 'show', 'aaaaaaaaaaaa')).lines[2]).toMatch(
      /^ {2}li 于 .* 已归入 reply:id-card-lost（身份证丢失补领），之后又有 0 次$/,
    );
  });

  it('are ignored, and opened again', async () => {
    await asked('bbbbbbbbbbbb', '鸽子归谁喂');
    expect((await run(unansweredCommand, 'dismiss', 'bbbbbbbbbbbb', '--reason', '闲聊')).lines[0]).toMatch(
      / 已忽略 /,
    );
    expect((await run(unansweredCommand, 'list', '--state', 'dismissed')).lines).toHaveLength(2);
    expect((await run(unansweredCommand, 'reopen', 'bbbbbbbbbbbb')).lines[0]).toMatch(/ 待处理 /);
  });

  it('that do not exist, and targets that do not, are named with a code', async () => {
    await asked('cccccccccccc', '路灯坏了');
    expect(await run(unansweredCommand, 'show', 'nobody')).toEqual({
      code: 1,
      lines: ['group_not_found: 没有编号为 nobody 的问题'],
    });
    expect(await run(unansweredCommand, 'attach', 'cccccccccccc', '--to', 'node:gone')).toEqual({
      code: 1,
      lines: ['target_not_found: 内容里没有 node:gone'],
    });
  });
});

describe('feedback on the command line', () => {
  it('is listed by release and reply', async () => {
    const votes = new RatingStoreMongo(connection);
    const vote = { accountId: 'demo', openid: 'o', reply: 'passport', release: 1, useful: false };
    await votes.vote({ ...vote, answeredAt: at, votedAt: at });

    expect(await run(feedbackCommand, 'list', '--account', 'demo')).toEqual({
      code: 0,
      lines: ['第 1 版  有用 0  没用 1  reply:passport（护照）'],
    });
    expect((await run(feedbackCommand, 'list', '--account', 'demo', '--release', '2')).lines).toEqual([
      'demo 还没有市民评价',
    ]);
  });
});
