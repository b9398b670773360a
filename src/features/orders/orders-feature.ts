import type { Router } from '@koa/router';
import type { Registry } from 'prom-client';
import type { Clock } from '../../core/clock.js';
import type { TimedJob } from '../../core/scheduler.js';
import type { Route } from '../../http/api/route.js';
import type { Logger } from '../../observability/logger.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../storage/transactions-mongo.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { BillDesk } from './bill-desk.js';
import { BillReconciler } from './bill-reconciler.js';
import { billRoutes } from './bill-routes.js';
import { OrderDesk } from './order-desk.js';
import { orderJobs } from './order-jobs.js';
import { OrderSubjects, secureOrderDraws } from './order-parts.js';
import { orderRoutes } from './order-routes.js';
import { orderMigration, OrderStoreMongo } from './order-store-mongo.js';
import { paymentCallbackRouter } from './payment-callback-routes.js';
import type { Fen, PaymentGateway } from './payment-gateway-port.js';
import { reconciliationMigration, ReconciliationStoreMongo } from './reconciliation-store-mongo.js';
import { refundRoutes } from './refund-routes.js';

export const orderMigrations: readonly Migration[] = [orderMigration, reconciliationMigration];

export interface OrdersFeature {
  /** For the features whose records are paid for; each registers itself before anything is settled. */
  desk: OrderDesk;
  /** The staff API. */
  routes: readonly Route[];
  /** Where WeChat Pay calls back. */
  router: Router;
  jobs: readonly TimedJob[];
}

export function createOrdersFeature(parts: {
  connection: MongoConnection;
  gateway: PaymentGateway;
  audit: AuditTrail;
  /** The accounts served here. */
  accountIds: readonly string[];
  /** Once staff pay back more than this of one order, a second person approves. */
  approvalAboveFen: Fen;
  clock: Clock;
  logger: Logger;
  registry: Registry;
}): OrdersFeature {
  const { connection, gateway, audit, accountIds, approvalAboveFen, clock, logger, registry } = parts;
  const orders = new OrderStoreMongo(connection);
  const transactions = new TransactionRunnerMongo(connection);
  const reconciliations = new ReconciliationStoreMongo(connection);
  const desk = new OrderDesk({
    orders,
    gateway,
    subjects: new OrderSubjects(),
    transactions,
    audit,
    clock,
    draws: secureOrderDraws,
    approvalAboveFen,
  });
  const reconciler = new BillReconciler({ gateway, orders, reconciliations, transactions, clock });
  const bills = new BillDesk({ reconciler, reconciliations, transactions, audit, clock });
  return {
    desk,
    routes: [...orderRoutes({ desk, approvalAboveFen }), ...refundRoutes(desk), ...billRoutes(bills)],
    router: paymentCallbackRouter({ gateway, desk, logger, registry }),
    jobs: orderJobs({ accountIds, desk, reconciler }),
  };
}
