import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { createCitizenPages } from '../../../src/citizen-pages.js';
import { systemClock, systemSleep } from '../../../src/core/clock.js';
import {
  appointmentMigrations,
  createAppointmentsFeature,
} from '../../../src/features/appointments/appointments-feature.js';
import { auditMigrations, createAuditFeature } from '../../../src/features/audit/audit-feature.js';
import { citizenMigrations } from '../../../src/features/citizens/citizens-feature.js';
import { createHttpApp } from '../../../src/http/http-app.js';
import { listen, type HttpServer } from '../../../src/http/http-server.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { createSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { findFreePort } from '../../../src/storage/embedded/port.js';
import { KeyValueStoreMemory } from '../../../src/storage/key-value-store-memory.js';
import { createWechatClients } from '../../../src/wechat/client/wechat-clients.js';
import { buildFieldCipher } from '../../support/builders.js';
import { CitizenBrowser } from '../../support/citizen-browser.js';
import { openTestDatabase, type TestDatabase } from '../../support/test-database.js';

const accountId = 'pingan-meizhou';
const accounts = [
  {
    accountId,
    appId: 'wxb11529c136998cb6',
    appSecret: 'secret-of-the-account',
    token: 'token',
    messageMode: 'plain',
  },
] as const;
const person = { name: '张三', idNumber: '11010519491231002X', phone: '13812345678' };

let database: TestDatabase;
let sandbox: Sandbox;
let server: HttpServer;
let browser: CitizenBrowser;

beforeAll(async () => {
  database = await openTestDatabase([...auditMigrations, ...citizenMigrations, ...appointmentMigrations]);
  const { connection } = database;
  const shared = { clock: systemClock, logger: silentLogger };
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const cipher = buildFieldCipher();
  const parts = { ...shared, connection, cipher, registry: new Registry() };
  const audit = createAuditFeature({ connection, clock: systemClock }).trail;
  const appointments = createAppointmentsFeature({ ...parts, accountIds: [accountId], audit });
  await appointments.seedDemo();
  sandbox = createSandbox({
    ...shared,
    accounts: accounts.map((account) => ({ account, name: '平安梅州（示例）' })),
    random: Math.random,
    webhookUrl: () => `${origin}/wechat`,
  });
  const clients = createWechatClients({
    ...parts,
    accounts,
    apiBase: `${origin}/sandbox/platform`,
    store: new KeyValueStoreMemory(systemClock),
    sleep: systemSleep,
    random: Math.random,
    newId: randomUUID,
  });
  const pages = createCitizenPages({
    ...parts,
    config: { publicUrl: origin, sandbox: true },
    accounts,
    clients,
    appointments,
    routes: [],
    accountName: () => '平安梅州（示例）',
  });
  const app = createHttpApp({ logger: silentLogger, routers: [...pages, sandbox.router] });
  server = await listen(app, '127.0.0.1', port);
  browser = new CitizenBrowser(origin);
  const citizens = [...sandbox.world.accounts.get(accountId)!.citizens.values()];
  await browser.signIn(citizens[0]!.openid);
}, 60_000);
afterAll(async () => {
  await sandbox.stop();
  await server.stop();
  await database.close();
});

interface Offered {
  id: string;
  state: string;
  day: string;
  slotId: string;
}

/** A time that can be booked now, of the first service at its first hall that has one. */
async function findFreeSlot(): Promise<string> {
  const { services } = (await browser.call('get', '/services')).body as { services: Offered[] };
  for (const service of services) {
    const { venues } = (await browser.call('get', `/services/${service.id}/venues`)).body;
    for (const venue of venues as Offered[]) {
      const path = `/services/${service.id}/venues/${venue.id}/days`;
      const { days } = (await browser.call('get', path)).body as { days: Offered[] };
      // Not today: the time might be over before it is booked.
      const free = days.slice(1).find(({ state }) => state === 'free');
      if (!free) continue;
      const { slots } = (await browser.call('get', `${path}/${free.day}/slots`)).body as { slots: Offered[] };
      return slots.find(({ state }) => state === 'free')!.slotId;
    }
  }
  throw new Error('the demo offer has no free time');
}

it('a citizen signs in, books what the hall really has, takes the data along, and has it deleted', async () => {
  const held = await browser.call('post', '/holds', { slotId: await findFreeSlot() });
  expect([held.status, held.body.state]).toEqual([201, 'held']);
  const path = `/appointments/${held.body.appointmentId}`;
  const notice = (await browser.call('get', '/privacy')).body.version;
  const booked = await browser.call('post', `${path}/booking`, { person, notice });
  expect([booked.status, booked.body.state]).toEqual([200, 'booked']);
  expect(booked.body.code).toEqual(expect.any(String));
  expect(booked.body.person.idNumber).toBe('110***********002X');

  const copy = await browser.call('get', '/my-data');
  expect(copy.body.appointments).toMatchObject([{ state: 'booked', person, consent: { notice } }]);

  const early = await browser.call('delete', '/my-data');
  expect([early.status, early.body.error.code]).toEqual([409, 'appointments_ahead']);
  expect((await browser.call('post', `${path}/cancellation`)).body.state).toBe('cancelled');
  expect((await browser.call('delete', '/my-data')).body).toMatchObject({ anonymised: 0, isComplete: true });
  expect((await browser.call('get', '/appointments')).body.appointments).toEqual([]);
});
