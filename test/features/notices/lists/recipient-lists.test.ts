import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { NodeFieldCipher } from '../../../../src/core/field-cipher-node.js';
import type { RecipientFacts } from '../../../../src/features/audience/audience-reader.js';
import { AuditTrail } from '../../../../src/features/audit/audit-trail.js';
import { ListImporter } from '../../../../src/features/notices/lists/list-importer.js';
import { RecipientLists } from '../../../../src/features/notices/lists/recipient-lists.js';
import { NoticeRecipients } from '../../../../src/features/notices/notice-recipients.js';
import { buildActor } from '../../../support/audit-builders.js';
import { AuditStoreFake } from '../../../support/fakes/audit-store-fake.js';
import { RecipientListStoreFake } from '../../../support/fakes/recipient-list-store-fake.js';
import { TransactionRunnerFake } from '../../../support/fakes/transaction-runner-fake.js';
import { noticeAccount } from '../../../support/notice-builders.js';

const cipher = new NodeFieldCipher({ key: randomBytes(32), hashKey: randomBytes(32) });
const clock = { now: () => Date.parse('2026-11-22T01:00:00Z') };
const openidOf = (number: number) => `o${String(number).padStart(27, '0')}`;
const gone = openidOf(900);
const actor = buildActor();

/** Everybody is known below 1000; one of them has left. */
async function findMany(_account: string, openids: readonly string[]): Promise<RecipientFacts[]> {
  return openids
    .filter((openid) => Number(openid.slice(1)) < 1_000)
    .map((openid) => ({
      openid,
      subscribed: openid !== gone,
      unreachable: undefined,
      values: { 区县: '梅江区' },
    }));
}

let store: RecipientListStoreFake;
let trail: AuditStoreFake;
let lists: RecipientLists;
let recipients: NoticeRecipients;

beforeEach(() => {
  let ids = 0;
  store = new RecipientListStoreFake();
  trail = new AuditStoreFake();
  const audience = { findMany, list: async () => ({ recipients: [], next: null }) };
  lists = new RecipientLists({
    lists: store,
    importer: new ListImporter({ lists: store, audience, cipher }),
    transactions: new TransactionRunnerFake(),
    audit: new AuditTrail({ store: trail, clock }),
    clock,
    newId: () => `list-${(ids += 1)}`,
  });
  recipients = new NoticeRecipients({ audience, lists: store, cipher });
});

const upload = (...rows: string[]) =>
  lists.upload({
    accountId: noticeAccount,
    actor,
    filename: '名单.csv',
    file: Buffer.from(rows.join('\n')),
  });
const forList = (listId: string) =>
  ({ accountId: noticeAccount, audience: { kind: 'list', listId } }) as const;

describe('a list that is uploaded', () => {
  it.each([
    ['姓名,电话', [['no_openid_column', null]]],
    ['openid,,电话', [['empty_heading', 'B']]],
    ['openid,姓名,姓名', [['repeated_heading', '姓名']]],
    ['openid,OpenID', [['repeated_heading', 'OpenID']]],
    ['openid,{姓名}', [['bad_heading', '{姓名}']]],
    [`openid,${'列,'.repeat(31)}`, expect.arrayContaining([['too_many_columns', null]])],
  ])('with the headings %s has only its columns found faulty', async (headings, faults) => {
    const list = await upload(headings, `${openidOf(1)},张三`);
    expect(list.columnFaults.map(({ code, column }) => [code, column])).toEqual(faults);
    expect(list).toMatchObject({ rows: 0, usable: 0, rowFaults: [], columns: [] });
    await expect(lists.confirm({ ...list, actor })).rejects.toMatchObject({ code: 'list_not_confirmable' });
  });

  it('with sound columns has its rows looked at, and keeps those that can be used', async () => {
    const list = await upload(
      '姓名,openid,时间',
      `张三,${openidOf(1)},15:00`,
      `李四,不是,15:00`,
      `王五,${openidOf(1)},15:00`,
      `赵六,${openidOf(5000)},15:00`,
      `钱七,${gone},15:00`,
      `${'长'.repeat(201)},${openidOf(2)},15:00`,
      '',
      `,${openidOf(3)},15:00`,
    );
    expect(list.rowFaults.map(({ row, code, column }) => [row, code, column])).toEqual([
      [3, 'openid_malformed', null],
      [4, 'openid_repeated', null],
      [5, 'openid_unknown', null],
      [6, 'not_following', null],
      [7, 'value_too_long', '姓名'],
      [9, 'missing_value', '姓名'],
    ]);
    expect(list).toMatchObject({
      columns: ['姓名', '时间'],
      rows: 7,
      usable: 2,
      blanks: [{ column: '姓名', people: 1 }],
      faultCounts: { openid_malformed: 1, openid_repeated: 1, not_following: 1, missing_value: 1 },
      confirmed: false,
      expiresAt: new Date('2026-12-22T01:00:00Z'),
    });
  });

  it('shows a hundred faults and counts them all', async () => {
    const list = await upload('openid', ...Array.from({ length: 250 }, () => '不是'));
    expect(list.rowFaults).toHaveLength(100);
    expect(list.faultCounts).toEqual({ openid_malformed: 250 });
    await expect(lists.confirm({ ...list, actor })).rejects.toMatchObject({ code: 'list_not_confirmable' });
  });

  it('reaches nobody before it is confirmed, and then each once, in order, with the values of its row', async () => {
    const list = await upload('openid,姓名,区县', `${openidOf(2)},张三,兴宁市`, `${openidOf(1)},李四,`);
    await expect(recipients.list(forList(list.id), { after: null, limit: 10 })).rejects.toMatchObject({
      code: 'list_gone',
    });
    expect(await lists.confirm({ ...list, actor })).toMatchObject({ confirmed: true });
    expect(await recipients.list(forList(list.id), { after: null, limit: 10 })).toEqual([
      {
        openid: openidOf(2),
        subscribed: true,
        unreachable: undefined,
        values: { 姓名: '张三', 区县: '兴宁市' },
      },
      {
        openid: openidOf(1),
        subscribed: true,
        unreachable: undefined,
        values: { 姓名: '李四', 区县: '梅江区' },
      },
    ]);
    expect(trail.events.map(({ action }) => action)).toEqual(['notice-list.upload', 'notice-list.confirm']);
    await expect(lists.confirm({ ...list, actor })).rejects.toMatchObject({
      code: 'list_confirmed_already',
    });
  });

  it('is read page by page from any row on', async () => {
    const numbers = Array.from({ length: 999 }, (_, index) => index).filter((number) => number !== 900);
    const list = await upload('openid', ...numbers.map(openidOf));
    await lists.confirm({ ...list, actor });
    const found: string[] = [];
    for (;;) {
      const last = found.at(-1);
      const after = last === undefined ? null : { row: found.length - 1, openid: last };
      const page = await recipients.list(forList(list.id), { after, limit: 137 });
      if (page.length === 0) break;
      found.push(...page.map(({ openid }) => openid));
    }
    expect(found).toEqual(numbers.map(openidOf));
  });

  it('is kept unreadable', async () => {
    await upload('openid,姓名', `${openidOf(2)},张三`);
    expect(JSON.stringify([...store.pages.values()])).not.toContain('张三');
  });

  it.each([
    ['list_empty', ''],
    ['list_unreadable', 'PK\x03\x04'],
  ])('that cannot be read leaves nothing behind: %s', async (code, content) => {
    await expect(upload(content)).rejects.toMatchObject({ code });
    expect(store.pages.size).toBe(0);
    expect(store.lists.size).toBe(0);
  });

  it('that is too large is refused', async () => {
    const file = Buffer.alloc(20 * 1_024 * 1_024 + 1);
    await expect(
      lists.upload({ accountId: noticeAccount, actor, filename: '大.csv', file }),
    ).rejects.toMatchObject({ code: 'list_too_large' });
  });
});
