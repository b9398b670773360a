import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { CitizenRegistry } from './citizen-registry.js';
import { citizenSessionMigration } from './citizen-session-store-mongo.js';
import { CitizenStoreMongo, citizenMigration } from './citizen-store-mongo.js';

export const citizenMigrations: readonly Migration[] = [citizenMigration, citizenSessionMigration];

export function createCitizensFeature(connection: MongoConnection): { citizens: CitizenRegistry } {
  return { citizens: new CitizenRegistry(new CitizenStoreMongo(connection)) };
}
