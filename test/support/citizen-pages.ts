import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Registry } from 'prom-client';
import { systemSleep } from '../../src/core/clock.js';
import { addDays, businessDay } from '../../src/core/business-day.js';
import type { FieldCipher } from '../../src/core/field-cipher.js';
import type { Person } from '../../src/features/appointments/appointment.js';
import type { AppointmentView, Citizen, Consent } from '../../src/features/appointments/booking-desk.js';
import { readPerson } from '../../src/features/persons/person.js';
import { refuse } from '../../src/features/appointments/booking/refusals.js';
import { citizenRoutes } from '../../src/features/appointments/citizen-routes.js';
import { OwnAppointments } from '../../src/features/appointments/own-appointments.js';
import type { Slot } from '../../src/features/appointments/slot.js';
import { AuditTrail } from '../../src/features/audit/audit-trail.js';
import { citizenSignInRoutes } from '../../src/features/citizens/citizen-sign-in-routes.js';
import { CitizenSessions } from '../../src/features/citizens/citizen-sessions.js';
import { OwnData } from '../../src/features/compliance/own-data.js';
import { ownDataRoutes } from '../../src/features/compliance/own-data-routes.js';
import { citizenApiRouter } from '../../src/http/citizen-api/citizen-api-router.js';
import { createHttpApp } from '../../src/http/http-app.js';
import { listen } from '../../src/http/http-server.js';
import { pageRouter } from '../../src/http/page-router.js';
import { silentLogger } from '../../src/observability/logger.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { findFreePort } from '../../src/storage/embedded/port.js';
import { KeyValueStoreMemory } from '../../src/storage/key-value-store-memory.js';
import { createRateLimiterMemory } from '../../src/storage/rate-limiter-memory.js';
import { WechatOauth } from '../../src/wechat/client/oauth.js';
import { createWechatClients } from '../../src/wechat/client/wechat-clients.js';
import { buildService, buildSlot, buildVenue } from './booking-chat.js';
import { AuditStoreFake } from './fakes/audit-store-fake.js';
import { BookingDeskFake } from './fakes/booking-desk-fake.js';
import { CitizenSessionStoreFake } from './fakes/citizen-session-store-fake.js';
import { ErasureStoreFake } from './fakes/erasure-store-fake.js';
import { OwnRecordStoreFake } from './fakes/own-record-store-fake.js';
import { TimetableFake } from './fakes/timetable-fake.js';
import { TransactionRunnerFake } from './fakes/transaction-runner-fake.js';

export const accountId = 'pingan-meizhou';
/** `npm run build` made it. */
export const builtPage = fileURLToPath(new URL('../../dist/web/h5', import.meta.url));
const account = {
  accountId,
  appId: 'wxb11529c136998cb6',
  appSecret: 'secret-of-the-account',
  token: 'token',
  messageMode: 'plain',
} as const;

/** Whatever is opened, it is one person. */
const amei: FieldCipher = {
  seal: () => 'sealed',
  open: () => JSON.stringify({ name: '阿梅', idNumber: '441402199001011234', phone: '13800001234' }),
  hash: () => 'digest',
};

/** A desk that reads persons as the real one does. */
export class PageDesk extends BookingDeskFake {
  readonly objections: string[] = [];

  override async book(
    citizen: Citizen,
    id: string,
    person: Person,
    consent: Consent,
  ): Promise<AppointmentView> {
    return super.book(citizen, id, readPerson(person, this.clock.now), consent);
  }

  /** A freed place is kept for somebody who waits. */
  offerTo(appointmentId: string, slotId: string): void {
    const waiting = this.kept.find((one) => one.appointmentId === appointmentId)!;
    const { startsAt, endsAt, day } = this.slots.find((one) => one.slotId === slotId)!;
    const until = new Date(this.clock.now + 1_800_000);
    Object.assign(waiting, { slotId, startsAt, endsAt, day, state: 'offered', until });
  }

  async objectToMiss(citizen: Citizen, appointmentId: string, text: string): Promise<AppointmentView> {
    const view = await this.find(citizen, appointmentId);
    if (view.state !== 'missed') throw refuse('not_changeable');
    this.objections.push(text);
    Object.assign(
      this.kept.find((one) => one.appointmentId === appointmentId)!,
      {
        objection: { at: new Date(this.clock.now) },
      },
    );
    return this.find(citizen, appointmentId);
  }
}

export interface CitizenPages {
  origin: string;
  sandbox: Sandbox;
  desk: PageDesk;
  records: OwnRecordStoreFake;
  /** Milliseconds since the epoch, UTC; a test sets it. */
  clock: { time: number; now(): number };
  /** The sandbox's citizen of that name. */
  openidOf(nickname: string): string;
  stop(): Promise<void>;
}

export interface CitizenPagesOptions {
  requestsPerSession?: number;
}

/** Sign-in, API and pages of citizens over the simulated platform, with a hall in memory. */
export async function openCitizenPages(options: CitizenPagesOptions = {}): Promise<CitizenPages> {
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const clock = { time: Date.now(), now: () => clock.time };
  const sandbox = createSandbox({
    accounts: [{ account, name: '平安梅州（示例）' }],
    clock,
    logger: silentLogger,
    random: Math.random,
    webhookUrl: () => `${origin}/wechat`,
  });
  const desk = new PageDesk(buildHall(clock.time), {
    get now() {
      return clock.time;
    },
    set now(time) {
      clock.time = time;
    },
  });
  const services = [
    buildService({ note: '首次申领、到期换领、丢失补领' }),
    buildService({ id: 'passport', name: '护照', materials: ['居民身份证', '一寸照片'] }),
  ];
  const venues = [
    buildVenue({ name: '示例办证大厅 A', phone: '0753-1234567' }),
    buildVenue({ id: 'hall-b', name: '示例办证大厅 B', note: '午间不休息' }),
  ];
  const timetable = new TimetableFake(desk, { services, venues });
  const offer = {
    services: async () => services,
    findService: timetable.findService.bind(timetable),
    venues: async () => venues,
    findVenue: timetable.findVenue.bind(timetable),
    schedulesOf: async () => [],
  };
  const records = new OwnRecordStoreFake();
  const ownData = new OwnData({
    parts: [new OwnAppointments({ records, offer, cipher: amei, clock })],
    erasures: new ErasureStoreFake(),
    transactions: new TransactionRunnerFake(),
    audit: new AuditTrail({ store: new AuditStoreFake(), clock }),
    clock,
    newId: randomUUID,
    onFailure: () => undefined,
  });
  const clients = createWechatClients({
    accounts: [account],
    apiBase: `${origin}/sandbox/platform`,
    store: new KeyValueStoreMemory(clock),
    registry: new Registry(),
    clock,
    sleep: systemSleep,
    random: Math.random,
    newId: randomUUID,
    logger: silentLogger,
  });
  const sessions = new CitizenSessions({ sessions: new CitizenSessionStoreFake(), clock });
  const isAccount = (id: string) => id === accountId;
  const limiter = (name: string, limit: number) => createRateLimiterMemory({ name, limit, windowMs: 60_000 });
  const routers = [
    citizenSignInRoutes({
      sessions,
      oauth: new WechatOauth({ accounts: [account], clients, authorizeBase: '/sandbox' }),
      isAccount,
      rateLimiter: limiter('sign-in', 1_000),
      publicUrl: origin,
      sandbox: true,
      logger: silentLogger,
    }),
    citizenApiRouter({
      routes: [
        ...citizenRoutes({ desk, timetable, offer, accountName: () => '平安梅州（示例）', clock }),
        ...ownDataRoutes(ownData, clock),
      ],
      identify: (id, token) => sessions.identify(id, token),
      isAccount,
      addressLimiter: limiter('address', 10_000),
      sessionLimiter: limiter('session', options.requestsPerSession ?? 1_000),
      publicUrl: origin,
    }),
    pageRouter({ prefix: '/h5/:accountId', folder: builtPage, ownAddresses: true }),
    sandbox.router,
  ];
  const server = await listen(createHttpApp({ logger: silentLogger, routers }), '127.0.0.1', port);
  return {
    origin,
    sandbox,
    desk,
    records,
    clock,
    openidOf: (nickname) =>
      [...sandbox.world.accounts.get(accountId)!.citizens.values()].find((one) => one.nickname === nickname)!
        .openid,
    async stop() {
      await sandbox.stop();
      await server.stop();
    },
  };
}

/** Two weeks: the second day is full, the third closed; hall B gives passports only. */
function buildHall(now: number): Slot[] {
  const today = businessDay(now);
  return Array.from({ length: 14 }, (_, ahead) => addDays(today, ahead)).flatMap((day, ahead) =>
    ['09:00', '09:30', '10:00', '14:30', '15:00'].flatMap((from) => [
      buildSlot(day, from, {
        capacity: ahead === 1 ? 0 : 12,
        closed: ahead === 2 ? '系统升级' : null,
      }),
      buildSlot(day, from, { service: 'passport', capacity: 3 }),
      buildSlot(day, from, { service: 'passport', venue: 'hall-b', capacity: 1 }),
    ]),
  );
}
