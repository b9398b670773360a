import { benchAccount } from './bench-account.js';
import { LoadClient } from './load/load-client.js';
import type { MixOptions } from './load/message-mix.js';
import { startBenchDatabase, type BenchDatabase } from './servers/bench-database.js';
import { buildProduct } from './servers/build-product.js';
import { startPlatformStandIn } from './servers/platform-stand-in.js';
import type { BenchServer } from './servers/server-process.js';
import { startSuishen } from './servers/suishen-server.js';
import { readVocabulary } from './vocabulary.js';

export interface Stage {
  database: BenchDatabase;
  client: LoadClient;
  suishen: BenchServer;
  /** How many exchanges the journal holds. */
  exchanges: () => Promise<number>;
}

/** Runs `act` against a fresh Suishen in safe mode, alone on the machine with its database and the client. */
export async function withSuishen<Result>(
  mix: Pick<MixOptions, 'citizens' | 'order'>,
  say: (line: string) => void,
  act: (stage: Stage) => Promise<Result>,
): Promise<Result> {
  await buildProduct();
  const account = benchAccount('safe');
  const database = await startBenchDatabase(say);
  const platform = await startPlatformStandIn();
  const client = new LoadClient();
  let suishen: BenchServer | null = null;
  try {
    suishen = await startSuishen({
      account,
      mongodbUri: database.uriOf('suishen'),
      apiBase: platform.apiBase,
      dataDir: `${database.folder}/suishen`,
    });
    await client.begin(account, { ...mix, vocabulary: await readVocabulary(account.accountId), seed: 1 });
    return await act({ database, client, suishen, exchanges: () => database.count('suishen', 'exchanges') });
  } finally {
    await client.stop();
    await suishen?.stop();
    await platform.stop();
    await database.stop();
  }
}
