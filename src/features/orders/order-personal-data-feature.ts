import type { MongoConnection } from '../../storage/mongo-connection.js';
import type { OwnDataPart } from '../compliance/own-data-part.js';
import type { RetentionKind } from '../compliance/retention-kind.js';
import { OwnOrderStoreMongo } from './own-order-store-mongo.js';
import { keepOrders, OwnOrders } from './own-orders.js';

export function orderRetention(connection: MongoConnection): RetentionKind[] {
  return [keepOrders(new OwnOrderStoreMongo(connection))];
}

export function ownOrders({ connection }: { connection: MongoConnection }): OwnDataPart {
  return new OwnOrders(new OwnOrderStoreMongo(connection));
}
