import { describe, expect, it } from '@jest/globals';
import type { NoticeView } from '../../../../src/api-types/notices.js';
import type { Permission } from '../../../../src/api-types/permissions.js';
import {
  emergencyForm,
  emergencyPlan,
  sayReach,
} from '../../../../src/web/console/notices/emergency/emergency-plan.js';
import {
  sayConfirmation,
  stageOfList,
  sumUpFaults,
} from '../../../../src/web/console/notices/compose/list-faults.js';
import { sayDuration } from '../../../../src/web/console/notices/notice-words.js';
import { confirmLines, sayConfirmed } from '../../../../src/web/console/notices/review/confirm-lines.js';
import { sayHindrance } from '../../../../src/web/console/notices/review/say-hindrance.js';
import { showContent } from '../../../../src/web/console/notices/show-content.js';
import {
  groupByChannel,
  sayCall,
  sumUpProgress,
} from '../../../../src/web/console/notices/watch/sum-up-progress.js';
import { controlsOf } from '../../../../src/web/console/notices/watch/use-control.js';

const at = '2026-11-22T02:05:00.000Z';
const person = (staffId: string) => ({ staffId, name: staffId });
const notice = (change: Partial<NoticeView> = {}): NoticeView => ({
  kind: 'routine',
  title: '停办',
  content: { body: { kind: 'text', text: '停办' } },
  audience: { kind: 'everyone' },
  channels: ['mass', 'template'],
  sendAt: null,
  training: false,
  id: 'n1',
  state: 'pending',
  revision: 2,
  authors: [person('author'), person('colleague')],
  createdAt: at,
  hash: 'a'.repeat(64),
  size: { recipients: 1_003, byChannel: { mass: 900, template: 100 }, skipped: { not_following: 3 } },
  submittedAt: at,
  submittedBy: person('author'),
  approvals: [],
  due: 'first',
  hold: null,
  startsAt: null,
  startedAt: null,
  endedAt: null,
  remark: '',
  ...change,
});
const onlooker = (staffId: string, ...permissions: Permission[]) => ({
  staffId,
  can: (permission: Permission) => permissions.includes(permission),
});
const first = onlooker('other', 'notices.review', 'review.first');
const leader = onlooker('other', 'notices.approveEmergency');

describe('who may approve a notice', () => {
  it('may, with the permissions of the stage that is due', () => {
    expect(sayHindrance(notice(), first)).toBeUndefined();
    expect(sayHindrance(notice({ due: 'final' }), first)).toContain('终审（领导）');
    expect(sayHindrance(notice({ kind: 'emergency', due: 'emergency' }), leader)).toBeUndefined();
    expect(sayHindrance(notice({ kind: 'emergency', due: 'emergency' }), first)).toContain('应急审批');
  });

  it('may not be anybody who wrote some of it', () => {
    const author = { ...leader, staffId: 'colleague' };
    expect(sayHindrance(notice({ kind: 'emergency', due: 'emergency' }), author)).toContain('不能自己批准');
    expect(sayHindrance(notice(), { ...first, staffId: 'author' })).toContain('不能自己审核');
  });

  it('may not be who approved an earlier stage', () => {
    const later = notice({ due: 'second', approvals: [{ stage: 'first', by: person('other'), at }] });
    expect(sayHindrance(later, onlooker('other', 'notices.review', 'review.second'))).toBe(
      '初审是您通过的，复审须由另一个人来做。',
    );
  });

  it('has nothing to do once it is being sent', () => {
    expect(sayHindrance(notice({ state: 'sending', due: null }), first)).toContain('发送中');
  });
});

describe('what an approver confirms', () => {
  it('is the size, each channel and who is left out, one by one', () => {
    expect(confirmLines(notice()).map(({ text }) => text)).toEqual([
      '一共 1,000 人会收到',
      '群发 900 人',
      '模板消息 100 人',
      '有 3 人收不到',
    ]);
  });

  it('is one sentence in an emergency', () => {
    expect(sayConfirmed(notice())).toBe('发给 1,000 人：群发 900 人，模板消息 100 人');
  });
});

describe('an emergency notice', () => {
  it('goes to everyone at once, and by a template only where one is filled in', () => {
    const form = emergencyForm('地震', '请远离建筑物。');
    expect(emergencyPlan(form)).toMatchObject({
      kind: 'emergency',
      audience: { kind: 'everyone' },
      channels: ['mass', 'customer_service'],
      content: { body: { kind: 'text', text: '请远离建筑物。' } },
      sendAt: null,
    });
    const filled = { ...form, template: { templateId: 't1', values: { thing1: '地震' }, url: '' } };
    expect(emergencyPlan(filled).channels).toEqual(['mass', 'customer_service', 'template']);
  });

  it('says how far it reaches', () => {
    const plan = emergencyPlan(emergencyForm('地震', '请远离建筑物。'));
    const cost = [{ channel: 'mass' as const, calls: 13, remainingToday: 87 }];
    expect(sayReach({ recipients: 130_000, cost }, plan)).toBe(
      '发给全部关注的 130,000 人：先群发 13 次，群发不到的人再试客服消息',
    );
  });
});

describe('the progress of a notice', () => {
  it('counts what is over, and is complete only when nothing waits', () => {
    expect(sumUpProgress({ total: 1_000, states: counts({ accepted: 999, waiting: 1 }) })).toMatchObject({
      done: 999,
      percent: 99,
    });
    expect(sumUpProgress({ total: 0, states: counts({}) }).percent).toBe(100);
    expect(
      sumUpProgress({ total: 3, states: counts({ unknown: 1, delivered: 2 }) }).states.map(
        ({ state }) => state,
      ),
    ).toEqual(['delivered', 'unknown']);
  });

  it('sums up the channels, the largest first', () => {
    expect(
      groupByChannel([
        { channel: 'template', state: 'accepted', count: 2 },
        { channel: 'mass', state: 'accepted', count: 5 },
        { channel: 'template', state: 'failed', count: 1 },
      ]),
    ).toEqual([
      { channel: 'mass', total: 5, counts: { accepted: 5 } },
      { channel: 'template', total: 3, counts: { accepted: 2, failed: 1 } },
    ]);
  });

  it('says what the platform counted of a call to many', () => {
    const report = { status: 'send success', total: 10, filtered: 1, sent: 8, errors: 1, at };
    expect(sayCall({ state: 'reported', reason: null, report })).toBe('送达 8，失败 1，平台过滤 1（共 10）');
    expect(sayCall({ state: 'refused', reason: '额度用完', report: null })).toBe('平台不收：额度用完');
  });

  it('offers only what its state allows', () => {
    expect(controlsOf({ state: 'sending' })).toEqual(['pause', 'cancel']);
    expect(controlsOf({ state: 'paused' })).toContain('resume');
    expect(controlsOf({ state: 'finished' })).toEqual(['repeat']);
    expect(controlsOf({ state: 'rejected' })).toEqual([]);
  });

  it('says durations as people do', () => {
    expect([0.2, 59.4, 200, 3_600, 3_900].map(sayDuration)).toEqual([
      '1 秒',
      '59 秒',
      '3 分 20 秒',
      '1 小时',
      '1 小时 5 分',
    ]);
  });
});

describe('an uploaded list', () => {
  const list = {
    listId: 'l1',
    filename: '名单.csv',
    columns: ['姓名'],
    rows: 120,
    usable: 110,
    columnFaults: [],
    rowFaults: [{ row: 3, code: 'other', column: null, message: '别的问题' }],
    faultCounts: { openid_twice: 3, not_following: 6, other: 1 },
    confirmed: false,
    createdAt: at,
  };

  it('is judged by its columns first, then by its rows', () => {
    const columnFaults = [{ code: 'openid_column_missing', column: null, message: '没有 openid 列' }];
    expect(stageOfList({ ...list, columnFaults })).toBe('columns');
    expect(stageOfList(list)).toBe('rows');
    expect(stageOfList({ ...list, confirmed: true })).toBe('confirmed');
  });

  it('sums up its faults, the most frequent first', () => {
    expect(sumUpFaults(list)).toBe('已经取消关注 6 行，重复的人 3 行，别的问题 1 行');
  });

  it('asks for what is left', () => {
    expect(sayConfirmation(list)).toBe('去掉有问题的 10 行，就用这 110 人');
    expect(sayConfirmation({ rows: 110, usable: 110 })).toBe('名单没有问题，就用这 110 人');
  });
});

describe('what a notice says', () => {
  it('is shown by each channel, with the names that the template gives to its fields', () => {
    const templates = [
      {
        id: 't1',
        kind: 'template' as const,
        title: '业务办理提醒',
        fields: [{ keyword: 'thing1', name: '办理事项', rule: '' }],
        example: '',
      },
    ];
    const content = {
      body: { kind: 'picture' as const, pictureId: 'p1' },
      template: { templateId: 't1', values: { thing1: '换证' } },
      subscription: { templateId: 'gone', values: { thing2: '换证' } },
    };
    expect(showContent(content, { templates, addressOf: (id) => `/pictures/${id}` })).toEqual([
      { source: 'body', content: { kind: 'image', mediaId: 'p1', url: '/pictures/p1' } },
      {
        source: 'template',
        content: {
          kind: 'template',
          title: '业务办理提醒',
          fields: [{ name: '办理事项', value: '换证' }],
          url: null,
        },
      },
      {
        source: 'subscription',
        content: {
          kind: 'template',
          title: '（平台上已经没有这个模板）',
          fields: [{ name: 'thing2', value: '换证' }],
          url: null,
        },
      },
    ]);
  });
});

function counts(some: Partial<Parameters<typeof sumUpProgress>[0]['states']>) {
  const none = {
    waiting: 0,
    sending: 0,
    accepted: 0,
    delivered: 0,
    failed: 0,
    refused: 0,
    unknown: 0,
    skipped: 0,
    cancelled: 0,
    rehearsed: 0,
  };
  return { ...none, ...some };
}
