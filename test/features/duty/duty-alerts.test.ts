import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { UserError } from '../../../src/core/errors.js';
import type { DutyAlert } from '../../../src/features/duty/duty-alert.js';
import { DutyAlerts } from '../../../src/features/duty/duty-alerts.js';
import { alertHandler, createDutyWatcher } from '../../../src/features/duty/duty-feature.js';
import { buildMessage, textInput } from '../../support/builders.js';
import { DutyAlertStoreFake } from '../../support/fakes/duty-alert-store-fake.js';
import { openConversations } from '../../support/open-conversations.js';
import { createRecordingLogger } from '../../support/recording-logger.js';

const now = Date.parse('2026-11-22T01:00:05Z');
const emergency = { kind: 'fire', word: '着火', text: '我家着火了' };

function open(store = new DutyAlertStoreFake()) {
  const told: { alert: DutyAlert; recorded: boolean }[] = [];
  const alerts = new DutyAlerts({
    store,
    watcher: { raised: (alert, recorded) => void told.push({ alert, recorded }) },
    clock: { now: () => now },
    patienceMs: 20,
  });
  return { store, alerts, told };
}

describe('an alert', () => {
  it('is kept with what the officer needs', async () => {
    const { store, alerts } = open();
    const { accountId, openid, key, sentAt } = buildMessage();
    await alerts.raise({ accountId, openid, key, sentAt }, emergency);
    expect(store.alerts).toMatchObject([
      { accountId, openid, key, ...emergency, sentAt: new Date(sentAt), at: new Date(now), state: 'open' },
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
    expect(told).toMatchObject([{ alert: emergency, recorded: false }]);
  });

  it('stays open until somebody has seen it, once', async () => {
    const { alerts, told } = open();
    await alerts.raise(buildMessage(), emergency);
    const { accountId, id } = told[0]!.alert;
    expect(await alerts.listOpen(accountId, 10)).toHaveLength(1);
    await alerts.markSeen(accountId, id, '小李');
    expect(await alerts.listOpen(accountId, 10)).toEqual([]);
    await expect(alerts.markSeen(accountId, id, '小王')).rejects.toBeInstanceOf(UserError);
  });

  it('is counted and logged as an error, without the text and without the openid', async () => {
    const registry = new Registry();
    const { logger, lines } = createRecordingLogger();
    const { store } = open();
    const alerts = new DutyAlerts({
      store,
      watcher: createDutyWatcher(logger, registry),
      clock: { now: () => now },
    });
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
    expect(store.alerts).toMatchObject([{ key: message.key, kind: 'general', text: '救命' }]);
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
