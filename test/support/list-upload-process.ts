/**
 * A process of its own that uploads a long list of recipients to the database of its first argument; to be killed.
 * Prints a line for every page of rows that is kept.
 */
import { randomUUID } from 'node:crypto';
import { systemClock } from '../../src/core/clock.js';
import { createAuditFeature } from '../../src/features/audit/audit-feature.js';
import { ListImporter } from '../../src/features/notices/lists/list-importer.js';
import { RecipientLists } from '../../src/features/notices/lists/recipient-lists.js';
import { RecipientListStoreMongo } from '../../src/features/notices/recipient-list-store-mongo.js';
import { silentLogger } from '../../src/observability/logger.js';
import { connectMongo } from '../../src/storage/mongo-connection.js';
import { TransactionRunnerMongo } from '../../src/storage/transactions-mongo.js';
import { buildActor } from './audit-builders.js';
import { buildFieldCipher } from './builders.js';
import { buildListFile, everybodyKnown } from './list-file.js';
import { noticeAccount } from './notice-builders.js';

const connection = await connectMongo(process.argv[2]!, silentLogger);
const store = new RecipientListStoreMongo(connection);
const addRows = store.addRows.bind(store);
store.addRows = async (list, page, rows) => {
  await addRows(list, page, rows);
  process.stdout.write(`${list.id}\n`);
};
const lists = new RecipientLists({
  lists: store,
  importer: new ListImporter({ lists: store, audience: everybodyKnown, cipher: buildFieldCipher() }),
  transactions: new TransactionRunnerMongo(connection),
  audit: createAuditFeature({ connection, clock: systemClock }).trail,
  clock: systemClock,
  newId: randomUUID,
});
await lists.upload({
  accountId: noticeAccount,
  actor: buildActor(),
  filename: '名单.csv',
  file: buildListFile(130_000),
});
