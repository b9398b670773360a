import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { AuditTrail } from '../../../src/features/audit/audit-trail.js';
import type { DutyAlert } from '../../../src/features/duty/duty-alert.js';
import { DutyAlerts, type DutyAlertsParts } from '../../../src/features/duty/duty-alerts.js';
import { alertHandler, createDutyWatcher } from '../../../src/features/duty/duty-feature.js';
import { buildFieldCipher, buildMessage, textInput } from '../../support/builders.js';
import { actor } from '../../support/content-services.js';
import { AuditStoreFake } from '../../support/fakes/audit-store-fake.js';
import { DutyAlertStoreFake } from '../../support/fakes/duty-alert-store-fake.js';
import { TransactionRunnerFake } from '../../support/fakes/transaction-runner-fake.js';
import { openConversations } from '../../support/open-conversations.js';
import { createRecordingLogger } from '../../support/recording-logger.js';

const now = Date.parse('2026-11-22T01:00:05Z');
const emergency = { kind: 'fire', word: '着火', text: '我家着火了' };

function open(store = new DutyAlertStoreFake(), parts: Partial<DutyAlertsParts> = {}) {
  const told: { alert: DutyAlert; recorded: boolean }[] = [];
  const auditStore = new AuditStoreFake();
  const clock = { now: () => now };
  const alerts = new DutyAlerts({
    store,
    transactions: new TransactionRunnerFake(),
    audit: new AuditTrail({ store: auditStore, clock }),
    cipher: buildFieldCipher(),
    watcher: { raised: (alert, recorded) => void told.push({ alert, recorded }) },
    clock,
    patienceMs: 20,
    ...parts,
  });
  return { store, alerts, told, audited: auditStore.events };
}

describe('an alert', () => {
  it('is kept with what the officer needs', async () => {
    const { store, alerts } = open();
    const { accountId, openid, key, sentAt } = buildMessage();
    await alerts.raise({ accountId, openid, key, sentAt }, emergency);
    expect(store.alerts).toMatchObject([{ openid, key }]);
    expect(await alerts.list(accountId, 'active', { limit: 10 })).toMatchObject([
      { accountId, openid, ...emergency, sentAt: new Date(sentAt), at: new Date(now), state: 'open' },
    ]);
  });

  it('lies unreadable in the database, since who is in need writes numbers, too', async () => {
    const { store, alerts, told } = open();
    await alerts.raise(buildMessage(), {
      ...emergency,
      text: '救我，我是13800138000，身份证441402199001011234',
    });
    expect(JSON.stringify([store.alerts, told])).not.toMatch(/13800138000|441402|救我/);
  });

  it('is still listed where the key of its text is lost', async () => {
    const { store, alerts } = open();
    const message = buildMessage();
    await alerts.raise(message, emergency);
    const { alerts: later } = open(store);
    expect(await later.list(message.accountId, 'active', { limit: 10 })).toMatchObject([
      { kind: 'fire', text: null },
    ]);
  });

  it('is raised once for a message, however often it is sent', async () => {
    const { store, alerts, told } = open();
    const message = buildMessage();
    await alerts.raise(message, emergency);
    await alerts.raise(message, emergency);
    expect(store.alerts).toHaveLength(1);
    expect(told).toHaveLength(1);
  });

  it('is told of even when the database does not take it', async () => {
    const store = new DutyAlertStoreFake();
    store.add = () => new Promise(() => undefined);
    const { alerts, told } = open(store);
    await expect(alerts.raise(buildMessage(), emergency)).rejects.toMatchObject({ code: 'timed_out' });
    expect(told).toMatchObject([{ alert: { kind: 'fire' }, recorded: false }]);
  });

  it('is taken on by one, and closed with a note, each on record', async () => {
    const { alerts, told, audited } = open();
    await alerts.raise(buildMessage(), emergency);
    const { accountId, id } = told[0]!.alert;
    const request = { accountId, id, actor: actor('li', '小李') };
    expect(await alerts.countOpen(accountId)).toBe(1);
    expect(await alerts.markSeen(request)).toMatchObject({ state: 'seen', seen: { by: { name: '小李' } } });
    expect(await alerts.countOpen(accountId)).toBe(0);
    await expect(alerts.markSeen({ ...request, actor: actor('wang') })).rejects.toMatchObject({
      code: 'alert_changed',
      status: 409,
      details: { by: '小李' },
    });
    const note = '已转119，回电13800138000';
    expect(await alerts.close({ ...request, note })).toMatchObject({
      state: 'closed',
      seen: { by: { name: '小李' } },
      closed: { at: new Date(now), note },
      text: emergency.text,
    });
    await expect(alerts.close({ ...request, note })).rejects.toMatchObject({ code: 'alert_changed' });
    const object = { kind: 'duty-alert', id };
    expect(audited).toMatchObject([
      { action: 'duty.see', object, changes: [{ path: 'state', before: 'open', after: 'seen' }] },
      { action: 'duty.close', object, reason: '已转119，回电138****8000' },
    ]);
  });

  it('may be closed at once, and does not exist for another account', async () => {
    const { alerts, told } = open();
    await alerts.raise(buildMessage(), emergency);
    const { accountId, id } = told[0]!.alert;
    const request = { id, actor: actor('li'), note: '误报' };
    await expect(alerts.close({ ...request, accountId: 'another' })).rejects.toMatchObject({
      code: 'no_such_alert',
      status: 404,
    });
    expect(await alerts.close({ ...request, accountId })).toMatchObject({ state: 'closed' });
  });

  it('is counted and logged as an error, without the text and without the openid', async () => {
    const registry = new Registry();
    const { logger, lines } = createRecordingLogger();
    const { alerts } = open(new DutyAlertStoreFake(), { watcher: createDutyWatcher(logger, registry) });
    const message = buildMessage();
    await alerts.raise(message, emergency);
    expect(await registry.metrics()).toContain(
      'suishen_duty_alerts_total{account="pingan-meizhou",kind="fire",recorded="true"} 1',
    );
    expect(lines).toMatchObject([{ level: 'error', kind: 'fire', citizen: `…${message.openid.slice(-4)}` }]);
    expect(JSON.stringify(lines)).not.toContain(emergency.text);
    expect(JSON.stringify(lines)).not.toContain(message.openid);
  });
});

describe('a message that tells of an emergency', () => {
  it('raises one alert, and its re-send none', async () => {
    const { store, alerts } = open();
    const { conversations } = openConversations({
      requests: new Map([['duty.alert', alertHandler(alerts)]]),
    });
    const message = buildMessage({ input: textInput('救命') });
    await conversations.respond(message);
    await conversations.respond(message);
    expect(store.alerts).toMatchObject([{ key: message.key, kind: 'general' }]);
    expect(await alerts.list(message.accountId, 'active', { limit: 10 })).toMatchObject([{ text: '救命' }]);
  });

  it('is answered when the alert cannot be raised', async () => {
    const { store, alerts } = open();
    store.add = async () => Promise.reject(new Error('the database is away'));
    const { conversations } = openConversations({
      requests: new Map([['duty.alert', alertHandler(alerts)]]),
    });
    const response = await conversations.respond(buildMessage({ input: textInput('救命') }));
    expect(response).toMatchObject({ kind: 'answer', reply: { text: expect.stringContaining('110') } });
  });
});
