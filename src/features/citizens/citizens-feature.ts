import type { Migration } from '../../storage/migrations.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import { CitizenRegistry } from './citizen-registry.js';
import { citizenSessionMigration } from './citizen-session-store-mongo.js';
import { CitizenStoreMongo, citizenMigration } from './citizen-store-mongo.js';
import type { FollowerRegister } from './follower-register.js';
import { followerMigration, FollowerRegisterStoreMongo } from './follower-register-store-mongo.js';
import type { FollowerUpkeep } from './follower-upkeep.js';
import { FollowerUpkeepStoreMongo } from './follower-upkeep-store-mongo.js';

export const citizenMigrations: readonly Migration[] = [
  citizenMigration,
  citizenSessionMigration,
  followerMigration,
];

export interface CitizensFeature {
  citizens: CitizenRegistry;
  followers: FollowerRegister;
  upkeep: FollowerUpkeep;
}

export function createCitizensFeature(connection: MongoConnection): CitizensFeature {
  return {
    citizens: new CitizenRegistry(new CitizenStoreMongo(connection)),
    followers: new FollowerRegisterStoreMongo(connection),
    upkeep: new FollowerUpkeepStoreMongo(connection),
  };
}
