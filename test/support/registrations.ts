import { createHash } from 'node:crypto';
import type { Actor } from '../../src/core/actor.js';
import type { Clock } from '../../src/core/clock.js';
import type { Activity } from '../../src/features/activities/activity.js';
import type { ActivityNotice, ActivityNoticeBook } from '../../src/features/activities/activity-notice.js';
import { activityMigration, ActivityStoreMongo } from '../../src/features/activities/activity-store-mongo.js';
import type { PlacesPlan } from '../../src/features/activities/place-store.js';
import {
  createRegistrationsFeature,
  registrationMigrations,
} from '../../src/features/activities/registrations-feature.js';
import type { Registration } from '../../src/features/activities/registration.js';
import type { TicketBook } from '../../src/features/activities/ticket-book.js';
import { auditMigrations, createAuditFeature } from '../../src/features/audit/audit-feature.js';
import { OrderDesk } from '../../src/features/orders/order-desk.js';
import { OrderSubjects, secureOrderDraws } from '../../src/features/orders/order-parts.js';
import { orderMigration, OrderStoreMongo } from '../../src/features/orders/order-store-mongo.js';
import type { Migration } from '../../src/storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../src/storage/mongo-connection.js';
import { sessionOf, TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { monday } from './activity-builders.js';
import { buildFieldCipher } from './builders.js';
import { PaymentGatewayFake } from './fakes/payment-gateway-fake.js';

export const activityTestMigrations: readonly Migration[] = [
  ...auditMigrations,
  orderMigration,
  activityMigration,
  ...registrationMigrations,
];

/** A clock that goes when it is told. */
export class ActivityClock implements Clock {
  at = monday;
  now = () => this.at;
  pass(ms: number): void {
    this.at += ms;
  }
}

export const clerk: Actor = {
  by: { staffId: 'clerk', name: '经办' },
  from: { address: '127.0.0.1', agent: 'test' },
};

const key = createHash('sha256').update('activities').digest();
/** The keys are the same in every process of a test. */
export const registrationCipher = buildFieldCipher({ key, hashKey: key });

export interface TicketRecord {
  ticketId: string;
  registrationId: string;
  isRevoked: boolean;
}

/** Tickets that are kept with the transaction, as the real ones are. */
class TicketBookHere implements TicketBook {
  readonly #connection: MongoConnection;

  constructor(connection: MongoConnection) {
    this.#connection = connection;
  }

  async issue(tx: Parameters<TicketBook['issue']>[0], { registrationId }: Registration): Promise<string> {
    const ticketId = `ticket-${registrationId}`;
    const tickets = databaseOf(this.#connection).collection('test_tickets');
    await tickets.insertOne({ ticketId, registrationId, isRevoked: false }, { session: sessionOf(tx) });
    return ticketId;
  }

  async revoke(tx: Parameters<TicketBook['issue']>[0], _accountId: string, ticketId: string): Promise<void> {
    const tickets = databaseOf(this.#connection).collection('test_tickets');
    await tickets.updateOne({ ticketId }, { $set: { isRevoked: true } }, { session: sessionOf(tx) });
  }
}

/** Messages that are kept with the transaction. */
class NoticeBookHere implements ActivityNoticeBook {
  readonly #connection: MongoConnection;

  constructor(connection: MongoConnection) {
    this.#connection = connection;
  }

  async add(tx: Parameters<ActivityNoticeBook['add']>[0], notice: ActivityNotice): Promise<void> {
    const notices = databaseOf(this.#connection).collection('test_notices');
    await notices.insertOne({ ...notice }, { session: sessionOf(tx) });
  }
}

/** Everything that takes and gives places, over a database that is there. */
export function openRegistrations(connection: MongoConnection, clock: Clock) {
  const transactions = new TransactionRunnerMongo(connection);
  const { trail } = createAuditFeature({ connection, clock });
  const gateway = new PaymentGatewayFake();
  const orderStore = new OrderStoreMongo(connection);
  const orders = new OrderDesk({
    orders: orderStore,
    gateway,
    subjects: new OrderSubjects(),
    transactions,
    audit: trail,
    clock,
    draws: secureOrderDraws,
    approvalAboveFen: 10_000,
  });
  const activities = new ActivityStoreMongo(connection);
  const feature = createRegistrationsFeature({
    connection,
    activities,
    orders,
    tickets: new TicketBookHere(connection),
    notices: new NoticeBookHere(connection),
    audit: trail,
    cipher: registrationCipher,
    clock,
  });
  orders.register(feature.subject);
  return { ...feature, transactions, trail, gateway, orders, orderStore, activities };
}

export function placesOf({ accountId, activityId, quota, groups, formVersion }: Activity): PlacesPlan {
  return { accountId, activityId, quota, groups, formVersion };
}
