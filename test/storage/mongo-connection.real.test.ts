import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Schema } from 'mongoose';
import { silentLogger } from '../../src/observability/logger.js';
import { connectMongo, type MongoConnection } from '../../src/storage/mongo-connection.js';
import { testDatabaseUri } from '../support/test-database.js';

const uri = testDatabaseUri('connection');
let connection: MongoConnection;

beforeAll(async () => {
  connection = await connectMongo(uri, silentLogger);
});

afterAll(() => connection.close());

function compileModel() {
  return connection.model('Thing', new Schema({ owner: String }, { collection: 'things' }), undefined, {
    overwriteModels: true,
  });
}

describe('a database connection', () => {
  it('waits for a majority and the journal', () => {
    expect(connection.getClient().options.writeConcern).toMatchObject({ w: 'majority', journal: true });
  });

  it('refuses a filter on a field that the schema does not know', async () => {
    await expect(compileModel().find({ ownr: 'li' }).exec()).rejects.toThrow('ownr');
  });

  it('takes an operator inside a value as a value', async () => {
    await compileModel().create({ owner: 'li' });
    const operator: unknown = JSON.parse('{"$ne":null}');

    await expect(
      compileModel()
        .find({ owner: operator as string })
        .exec(),
    ).rejects.toThrow('Cast to string failed');
  });

  it('says that the database is unreachable', async () => {
    const nobody = 'mongodb://127.0.0.1:9/test?serverSelectionTimeoutMS=200';

    await expect(connectMongo(nobody, silentLogger)).rejects.toMatchObject({ code: 'database_unreachable' });
  });
});
