import { beforeEach, describe, expect, it } from '@jest/globals';
import { finishSlices } from '../../../../src/core/finish-slices.js';
import { OperationalError, UserError } from '../../../../src/core/errors.js';
import { compileSensitive } from '../../../../src/dialog/sensitive/sensitive-words.js';
import { PlanSurvey, type PlanSurveyParts } from '../../../../src/features/notices/desk/plan-survey.js';
import type { RecipientList } from '../../../../src/features/notices/lists/recipient-list.js';
import type { Notice, NoticePlan } from '../../../../src/features/notices/notice.js';
import type { PlatformTemplate } from '../../../../src/features/notices/notice-platform-port.js';
import { buildPending, buildPlan, noticeAccount } from '../../../support/notice-builders.js';

const template: PlatformTemplate = {
  id: 'tpl',
  title: '业务办理提醒',
  fields: [
    { keyword: 'thing1', name: '事项' },
    { keyword: 'time2', name: '时间' },
  ],
  example: '',
};
const list: RecipientList = {
  accountId: noticeAccount,
  id: 'list-1',
  filename: '名单.csv',
  columns: ['姓名', '时间'],
  rows: 3,
  usable: 2,
  blanks: [{ column: '姓名', people: 1 }],
  columnFaults: [],
  rowFaults: [],
  faultCounts: {},
  confirmed: true,
  uploadedBy: { staffId: 'li', name: '李' },
  createdAt: new Date(),
  expiresAt: new Date(),
};
const quota = (remaining: number) => ({ dailyLimit: 100_000, used: 100_000 - remaining, remaining });

let parts: PlanSurveyParts;
let sent: Notice[];

beforeEach(() => {
  sent = [];
  parts = {
    notices: { list: async () => sent },
    audience: { count: async () => 130_000, placeholders: () => ['区县'] },
    requireRules: async () => undefined,
    lists: { find: async () => list },
    pictures: { has: async () => true },
    templates: { list: async () => [template] },
    platform: { readQuota: async () => quota(500_000) },
    sensitiveWords: () => finishSlices(compileSensitive(['代办'])),
    starter: { silenceOf: async () => null },
    clock: { now: () => Date.parse('2026-11-22T01:00:00Z') },
  };
});

const survey = (plan: Partial<NoticePlan> = {}) =>
  new PlanSurvey(parts).survey(noticeAccount, buildPlan(plan));

/** Severity, code and field of what is found. */
async function find(plan: Partial<NoticePlan> = {}): Promise<string[]> {
  return (await survey(plan)).findings.map(({ severity, code, field }) => `${severity} ${code} ${field}`);
}

const text = (words: string) => ({ body: { kind: 'text' as const, text: words } });
const byTemplate = (values: Record<string, string>, overrides: Partial<NoticePlan> = {}) => ({
  channels: ['template' as const],
  content: { template: { templateId: 'tpl', values } },
  ...overrides,
});
const everyField = { thing1: '身份证办好了', time2: '15:01' };

describe('a plan', () => {
  it('without faults is told its size, its placeholders and its cost', async () => {
    parts.platform.readQuota = async (_, kind) => (kind === 'mass' ? quota(87) : quota(500_000));
    expect(await survey({ channels: ['customer_service', 'mass'] })).toEqual({
      findings: [],
      recipients: 130_000,
      placeholders: ['区县'],
      cost: [
        { channel: 'customer_service', calls: 130_000, remainingToday: 500_000 },
        { channel: 'mass', calls: 13, remainingToday: 87 },
      ],
    });
  });

  it('with every field of its template filled in has no faults', async () => {
    expect(await find(byTemplate(everyField))).toEqual([]);
  });

  it.each([
    [
      { content: text('{{姓名}}您好'), channels: ['customer_service'] },
      'error placeholder_unknown content.body.text',
    ],
    [{ content: text('{{区县}}的居民') }, 'error placeholder_in_mass content.body.text'],
    [{ content: text('{{区县') }, 'error placeholder_unclosed content.body.text'],
    [{ content: text('长'.repeat(683)) }, 'error text_too_long content.body.text'],
    [{ content: text('代 办身份证') }, 'error sensitive_word content.body.text'],
    [{ channels: ['mass', 'template'] }, 'error channel_without_content channels.1'],
    [{ channels: ['mass', 'mass'] }, 'error channel_twice channels.1'],
    [byTemplate({ ...everyField, thing1: '' }), 'error value_empty content.template.values.thing1'],
    [byTemplate({ thing1: '事' }), 'error value_empty content.template.values.time2'],
    [
      byTemplate({ ...everyField, thing1: '长'.repeat(21) }),
      'error value_too_long content.template.values.thing1',
    ],
    [byTemplate({ ...everyField, time2: '下午' }), 'error value_wrong_type content.template.values.time2'],
    [byTemplate({ ...everyField, phrase9: '办好' }), 'error field_unknown content.template.values.phrase9'],
    [{ kind: 'emergency', sendAt: new Date('2026-11-23T00:00:00Z') }, 'error emergency_scheduled sendAt'],
    [{ sendAt: new Date('2026-11-21T00:00:00Z') }, 'warning time_past sendAt'],
  ] as [Partial<NoticePlan>, string][])('%j has the fault %s', async (plan, finding) => {
    expect(await find(plan)).toEqual([finding]);
  });

  it('that says nothing of what was written for it is told so', async () => {
    const content = { ...text('您好'), template: { templateId: 'tpl', values: everyField } };
    expect(await find({ content })).toEqual(['warning content_unused content.template']);
  });

  it('with a picture that is gone cannot be sent', async () => {
    parts.pictures.has = async () => false;
    const content = { body: { kind: 'picture' as const, pictureId: 'p' } };
    expect(await find({ content })).toEqual(['error picture_missing content.body.pictureId']);
  });

  it('for nobody cannot be sent', async () => {
    parts.audience.count = async () => 0;
    expect(await find()).toEqual(['error audience_empty audience']);
  });

  it('for a segment that makes no sense has no size', async () => {
    parts.requireRules = async () => {
      throw new UserError('bad_rules', '标签已经删除');
    };
    const audience = { kind: 'segment' as const, conditions: [{ kind: 'tag' as const, tagIds: [7] }] };
    expect(await survey({ audience })).toMatchObject({
      recipients: null,
      findings: [{ code: 'audience_invalid', message: '收件人的条件有误：标签已经删除' }],
    });
  });
});

describe('a plan for a list', () => {
  const forList = (overrides: Partial<NoticePlan> = {}) => ({
    audience: { kind: 'list' as const, listId: 'list-1' },
    ...overrides,
  });

  it('can use its columns', async () => {
    const content = text('{{时间}}开始');
    expect(await survey(forList({ content, channels: ['customer_service'] }))).toMatchObject({
      findings: [],
      recipients: 2,
      placeholders: ['姓名', '时间', '区县'],
    });
  });

  it('is told how many lack a value that it uses', async () => {
    const content = text('{{姓名}}您好');
    expect(await find(forList({ content, channels: ['customer_service'] }))).toEqual([
      'warning values_missing audience.listId',
    ]);
  });

  it('that nobody has confirmed, or that is gone, cannot be sent', async () => {
    parts.lists.find = async () => ({ ...list, confirmed: false });
    expect(await find(forList())).toEqual(['error list_unconfirmed audience.listId']);
    parts.lists.find = async () => null;
    expect(await find(forList())).toEqual(['error list_missing audience.listId']);
  });
});

describe('what the platform says', () => {
  it('of a template that was withdrawn is told before sending', async () => {
    parts.templates.list = async () => [];
    expect(await find(byTemplate({}))).toEqual(['error template_withdrawn content.template.templateId']);
  });

  it('is a warning where it says nothing', async () => {
    parts.templates.list = async () => null;
    expect(await find(byTemplate(everyField))).toEqual([
      'warning template_unchecked content.template.templateId',
    ]);
  });

  it('of a quota that is too small for all is an error, and a warning for one of several channels', async () => {
    parts.platform.readQuota = async (_, kind) => (kind === 'mass' ? quota(5) : quota(100_000));
    expect(await find({ channels: ['mass'] })).toEqual(['error quota_exceeded channels']);
    expect(await find({ channels: ['mass', 'customer_service'] })).toEqual([
      'warning quota_short channels.0',
      'warning quota_short channels.1',
    ]);
  });

  it('of no quota is not known', async () => {
    parts.platform.readQuota = async () => {
      throw new OperationalError('platform_timeout', 'no answer');
    };
    expect(await survey()).toMatchObject({ findings: [], cost: [{ remainingToday: null }] });
  });
});

describe('the time', () => {
  it('within quiet hours is told, with their end', async () => {
    parts.starter.silenceOf = async () => new Date('2026-11-22T23:00:00Z');
    expect((await survey()).findings).toMatchObject([
      { severity: 'warning', code: 'quiet_hours', message: '现在是免打扰时间，批准后会等到 07:00 再发' },
    ]);
  });

  it('a day after the same was sent to the same is told', async () => {
    const startedAt = new Date('2026-11-21T02:00:00Z');
    sent = [buildPending({ state: 'finished', startedAt })];
    expect(await find()).toEqual(['warning duplicate content']);
    expect(await find({ content: text('别的') })).toEqual([]);
    expect(await find({ training: true })).toEqual([]);
    sent = [buildPending({ state: 'finished', startedAt: new Date('2026-11-20T02:00:00Z') })];
    expect(await find()).toEqual([]);
  });
});
