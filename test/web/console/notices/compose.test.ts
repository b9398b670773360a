import { describe, expect, it } from '@jest/globals';
import type { NoticeFinding, NoticePlanView } from '../../../../src/api-types/notices.js';
import {
  layOutChannels,
  placeChannel,
  testChannels,
  toggleChannel,
} from '../../../../src/web/console/notices/compose/channel-order.js';
import {
  faultOf,
  relocateFinding,
  sayField,
  sortFindings,
  stepOf,
} from '../../../../src/web/console/notices/compose/finding-place.js';
import {
  beginForm,
  findMissing,
  findUnreadable,
  readPlan,
  writePlan,
  type NoticeForm,
} from '../../../../src/web/console/notices/compose/notice-form.js';
import { startFrom } from '../../../../src/web/console/notices/compose/start-from.js';
import {
  insertPlaceholder,
  measureValue,
} from '../../../../src/web/console/notices/compose/template-limit.js';

const plan: NoticePlanView = {
  kind: 'routine',
  title: '明天停办',
  content: {
    body: { kind: 'text', text: '{{预约地点}}明天停办。' },
    template: { templateId: 't1', values: { thing1: '停办' }, url: 'https://example.gov.cn/' },
  },
  audience: { kind: 'segment', segmentId: 's1', conditions: [{ kind: 'booked', day: '2026-11-23' }] },
  channels: ['customer_service', 'template'],
  sendAt: '2026-11-22T01:30:00.000Z',
  training: false,
};
const finding = (field: string, change: Partial<NoticeFinding> = {}): NoticeFinding => ({
  severity: 'error',
  code: 'value_too_long',
  field,
  message: '太长了',
  ...change,
});
const form = (change: Partial<NoticeForm> = {}): NoticeForm => ({ ...beginForm(), ...change });

describe('the form of a notice', () => {
  it('says again what the plan says that was read into it', () => {
    expect(writePlan(readPlan(plan))).toEqual(plan);
  });

  it('shows the time in Beijing and sends it in UTC', () => {
    expect(readPlan(plan).sendAt).toBe('2026-11-22 09:30');
    expect(writePlan({ ...readPlan(plan), sendAt: '2026-11-23 00:05' }).sendAt).toBe(
      '2026-11-22T16:05:00.000Z',
    );
  });

  it('leaves out content that none of the channels carries, and keeps it for when one does again', () => {
    const typed = readPlan(plan);
    expect(writePlan({ ...typed, channels: ['template'] }).content).toEqual({
      template: plan.content.template,
    });
    expect(writePlan({ ...typed, channels: ['mass', 'template'] }).content).toEqual(plan.content);
  });

  it('lets an emergency wait for nothing', () => {
    expect(writePlan({ ...readPlan(plan), kind: 'emergency' }).sendAt).toBeNull();
  });

  it('names what is missing where it belongs', () => {
    const fields = (change: Partial<NoticeForm>) =>
      findMissing(form({ title: '好', ...change })).map(({ field }) => field);
    expect(findMissing(beginForm()).map(({ field }) => field)).toEqual(['title', 'audience.conditions']);
    expect(fields({ audience: { kind: 'list', segmentId: '', conditions: [], listId: '' } })).toEqual([
      'audience.listId',
    ]);
    expect(
      fields({
        audience: { kind: 'segment', segmentId: '', conditions: [{ kind: 'tag', tagIds: [] }], listId: '' },
      }),
    ).toEqual(['audience.conditions.0']);
    expect(
      fields({ audience: { kind: 'everyone', segmentId: '', conditions: [], listId: '' }, channels: [] }),
    ).toEqual(['channels']);
  });

  it('finds what the API would not read, though not for want of a title', () => {
    expect(findUnreadable({ ...plan, title: '' })).toEqual([]);
    const faulty = { ...plan, content: { template: { templateId: 't1', values: {}, url: 'example' } } };
    expect(findUnreadable(faulty)).toMatchObject([
      { field: 'content.template.url', message: '网址要写完整，以 https:// 开头' },
    ]);
  });

  it('begins with whom a link names', () => {
    const booked = form();
    startFrom(booked, { booked: '2026-11-23', venue: 'hall' }, []);
    expect(booked.audience).toMatchObject({
      kind: 'segment',
      conditions: [{ kind: 'booked', day: '2026-11-23', venue: 'hall' }],
    });
    const closed = form();
    startFrom(closed, { closed: '2026-11-23', venue: 'hall', service: 'id-card' }, []);
    expect(closed.audience).toMatchObject({
      kind: 'segment',
      conditions: [{ kind: 'closed_visit', day: '2026-11-23', venue: 'hall', service: 'id-card' }],
    });
    const kept = form();
    const at = '2026-11-20T00:00:00.000Z';
    const by = { staffId: 'a', name: '甲' };
    const conditions = [{ kind: 'tag' as const, tagIds: [101] }];
    startFrom(kept, { segment: 's1' }, [
      { id: 's1', name: '组', conditions, revision: 1, updatedAt: at, updatedBy: by },
    ]);
    expect(kept.audience).toMatchObject({ segmentId: 's1', conditions });
    const untouched = form();
    startFrom(untouched, { booked: 'tomorrow' }, []);
    expect(untouched).toEqual(form());
  });
});

describe('the order of the channels', () => {
  it('puts those that are chosen first, in their order', () => {
    expect(
      layOutChannels(['mass', 'template']).map(({ channel, isChosen }) => `${channel} ${isChosen}`),
    ).toEqual(['mass true', 'template true', 'customer_service false', 'subscription false']);
  });

  it('adds one at the end and drops it again', () => {
    expect(toggleChannel(['mass'], 'template')).toEqual(['mass', 'template']);
    expect(toggleChannel(['mass', 'template'], 'mass')).toEqual(['template']);
  });

  it('moves one, never past the ends, and chooses what is dropped among them', () => {
    expect(placeChannel(['mass', 'template'], 'template', 0)).toEqual(['template', 'mass']);
    expect(placeChannel(['mass', 'template'], 'mass', 9)).toEqual(['template', 'mass']);
    expect(placeChannel(['mass', 'template'], 'mass', -1)).toEqual(['mass', 'template']);
    expect(placeChannel(['mass'], 'subscription', 0)).toEqual(['subscription', 'mass']);
  });

  it('tries in a chat what would go to many', () => {
    expect(testChannels(['mass', 'customer_service', 'template'])).toEqual(['customer_service', 'template']);
  });
});

describe('a finding', () => {
  it('belongs to a step of the page', () => {
    expect(
      ['audience.listId', 'content.template.values.thing1', 'title', 'sendAt', 'channels'].map(stepOf),
    ).toEqual(['audience', 'content', 'content', 'sending', 'sending']);
  });

  it('is called as the page calls its field', () => {
    const fieldsOf = () => [{ keyword: 'thing1', name: '办理事项' }];
    expect(sayField('content.template.values.thing1', fieldsOf)).toBe('模板消息的“办理事项”');
    expect(sayField('content.subscription.values.time3')).toBe('订阅通知的“time3”');
    expect(sayField('content.body.text')).toBe('文字');
    expect(sayField('audience.conditions.3')).toBe('给谁');
    expect(sayField('nothing.known')).toBe('整条推送');
  });

  it('leads to what a channel lacks, not to the channel', () => {
    const lacking = finding('channels.1', { code: 'channel_without_content' });
    expect(relocateFinding(lacking, ['mass', 'template']).field).toBe('content.template');
    expect(relocateFinding(lacking, ['template', 'mass']).field).toBe('content.body');
    expect(relocateFinding(finding('channels.1', { code: 'channel_twice' }), ['mass', 'mass']).field).toBe(
      'channels.1',
    );
  });

  it('is said at its field and at those around it, unless it is only a warning', () => {
    const findings = [finding('content.body.text'), finding('sendAt', { severity: 'warning' })];
    expect(faultOf(findings, 'content.body')).toBe('太长了');
    expect(faultOf(findings, 'content.body.text')).toBe('太长了');
    expect(faultOf(findings, 'content.bod')).toBe('');
    expect(faultOf(findings, 'sendAt')).toBe('');
  });

  it('comes in the order of the page, errors first', () => {
    const fields = sortFindings([
      finding('audience', { severity: 'warning' }),
      finding('channels'),
      finding('content.body'),
      finding('audience.listId'),
    ]).map(({ field }) => field);
    expect(fields).toEqual(['audience.listId', 'content.body', 'channels', 'audience']);
  });
});

describe('a field of a template', () => {
  it('counts characters, not code units, against the limit of its type', () => {
    expect(measureValue('thing1', '办证🏛')).toEqual({ used: 3, most: 20 });
    expect(measureValue('time2', '15:00')).toBeUndefined();
  });

  it('has no length before its placeholders are filled in', () => {
    expect(measureValue('thing1', '{{预约地点}}')).toBeUndefined();
  });

  it('takes a placeholder where the cursor is', () => {
    expect(insertPlaceholder('请到办理', { start: 2, end: 2 }, '预约地点')).toEqual({
      text: '请到{{预约地点}}办理',
      end: 10,
    });
  });
});
