import { describe, expect, it } from '@jest/globals';
import { readReports } from '../../../../src/features/notices/reports/platform-report.js';

const now = new Date('2026-04-20T08:22:00+08:00');
const event = (name: string, raw: Record<string, unknown>) => ({
  accountId: 'a',
  openid: 'o1',
  key: 'e:1:x',
  sentAt: 0,
  raw,
  input: { kind: 'notification' as const, name },
});
const read = (name: string, raw: Record<string, unknown>) => readReports(event(name, raw), now);

describe('reports of the platform', () => {
  it('tell whether a template message was delivered', () => {
    const about = { kind: 'delivery', accountId: 'a', openid: 'o1', messageId: '200163836', at: now };
    expect(read('templatesendjobfinish', { MsgID: '200163836', Status: 'success' })).toEqual([
      { ...about, state: 'delivered', isBlocked: false },
    ]);
    expect(read('templatesendjobfinish', { MsgID: 200163836, Status: 'failed:user block' })).toEqual([
      { ...about, state: 'failed', reason: 'report:user block', isBlocked: true },
    ]);
    expect(
      read('templatesendjobfinish', { MsgID: '200163836', Status: 'failed: system failed' }),
    ).toMatchObject([{ reason: 'report:system failed', isBlocked: false }]);
  });

  it('tell the counts of a mass message', () => {
    const counts = { TotalCount: '100', FilterCount: '80', SentCount: '75', ErrorCount: '5' };
    expect(read('masssendjobfinish', { MsgID: '1', Status: 'send success', ...counts })).toEqual([
      {
        kind: 'mass',
        accountId: 'a',
        messageId: '1',
        report: { status: 'send success', total: 100, filtered: 80, sent: 75, errors: 5, at: now },
      },
    ]);
  });

  it.each([
    ['XML', { SubscribeMsgPopupEvent: { List: [accept('t1'), refuse('t2')] } }],
    ['a JSON list', { SubscribeMsgPopupEvent: [accept('t1'), refuse('t2')] }],
    ['a list by itself', { List: [accept('t1'), refuse('t2')] }],
  ])('tell of consents, in %s', (_, raw) => {
    expect(read('subscribe_msg_popup_event', raw)).toMatchObject([
      { kind: 'consent', templateId: 't1', change: 'accepted', key: 'e:1:x#0' },
      { kind: 'consent', templateId: 't2', change: 'refused', key: 'e:1:x#1' },
    ]);
  });

  it('tell one consent from a popup from a setting that allows messages again', () => {
    const raw = { SubscribeMsgChangeEvent: { List: accept('t1') } };
    expect(read('subscribe_msg_change_event', raw)).toMatchObject([{ change: 'allowed' }]);
  });

  it('tell what became of a subscription notification', () => {
    const sent = { TemplateId: 't', MsgID: '5', ErrorCode: '43101', ErrorStatus: 'user refuse' };
    expect(read('subscribe_msg_sent_event', { SubscribeMsgSentEvent: { List: sent } })).toMatchObject([
      { kind: 'delivery', messageId: '5', state: 'failed', reason: 'report:43101 user refuse' },
    ]);
  });

  it('are none where fields are missing, or the event is another', () => {
    expect(read('templatesendjobfinish', {})).toEqual([]);
    expect(read('location', { MsgID: '1', Status: 'success' })).toEqual([]);
    expect(readReports({ ...event('x', {}), input: { kind: 'text', text: '1' } }, now)).toEqual([]);
  });
});

function accept(templateId: string) {
  return { TemplateId: templateId, SubscribeStatusString: 'accept', PopupScene: '2' };
}

function refuse(templateId: string) {
  return { TemplateId: templateId, SubscribeStatusString: 'reject', PopupScene: '2' };
}
