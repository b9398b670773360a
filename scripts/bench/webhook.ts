import type { Bench, BenchOptions, BenchOutcome } from './bench-definition.js';
import { benchAccount } from './bench-account.js';
import { LoadClient } from './load/load-client.js';
import type { Expectation } from './load/load-run.js';
import { mixDescription } from './load/message-mix.js';
import { measureTargets, type Plan, type Target } from './measure-targets.js';
import { describeMachine, whole } from './report.js';
import { startBenchDatabase, type BenchDatabase } from './servers/bench-database.js';
import type { BenchServer } from './servers/server-process.js';
import { buildProduct } from './servers/build-product.js';
import { installPeers, versionOf } from './servers/install-peers.js';
import { startPeer } from './servers/peer-server.js';
import { startPlatformStandIn } from './servers/platform-stand-in.js';
import { startSuishen } from './servers/suishen-server.js';
import { readVocabulary } from './vocabulary.js';
import { reportWebhook, type Mode, type ModeResult } from './webhook-report.js';

const citizens = 5_000;
const plan: Plan = {
  connections: 128,
  rounds: 5,
  pilotMessages: 8 * citizens,
  warmUpMs: 400,
  measureMs: 1_600,
};

/**
 * How many messages per second the webhook answers, beside what it is compared with. What makes it fair: one client,
 * the same bytes to each, alternating rounds, one process per server, one mongod for all that store.
 *
 * The echoes verify, decrypt and parse as Suishen does, but look nothing up, remember nothing and answer in a few
 * bytes. co-wechat with an insert keeps what it was told; Suishen also keeps its answer and the citizen's place,
 * in order, and knows a re-send.
 */
export const webhookBench: Bench = {
  name: 'webhook',
  summary: 'answers per second and latency of the webhook, beside Koa, co-wechat and wechat',
  run,
};

async function run({ say }: BenchOptions): Promise<BenchOutcome> {
  await installPeers(say);
  await buildProduct();
  const database = await startBenchDatabase(say);
  const client = new LoadClient();
  try {
    say(await describeMachine(database));
    say(
      `peers: co-wechat ${await versionOf('co-wechat', 'peers')} on Koa ${await versionOf('koa', 'peers')}, ` +
        `wechat ${await versionOf('wechat', 'peers')} on connect ${await versionOf('connect', 'peers')}`,
    );
    say(`mix: ${mixDescription}`);
    say(`${whole(citizens)} citizens, ${plan.connections} connections`);
    const results = [
      await measureMode('plain', client, database, say),
      await measureMode('safe', client, database, say),
    ];
    return reportWebhook(results, say);
  } finally {
    await client.stop();
    await database.stop();
  }
}

async function measureMode(
  mode: Mode,
  client: LoadClient,
  database: BenchDatabase,
  say: (line: string) => void,
): Promise<ModeResult> {
  const account = benchAccount(mode);
  const servers: BenchServer[] = [];
  const start = async (
    name: string,
    expectation: Expectation,
    starting: Promise<BenchServer>,
  ): Promise<Target> => {
    const server = await starting;
    servers.push(server);
    return { name, expectation, server };
  };
  const peer = (file: string) => startPeer(file, account, database.uriOf(`insert_${mode}`));

  const platform = await startPlatformStandIn();
  try {
    say(`\n${mode} mode: starting the servers`);
    const suishen = await start(
      'suishen',
      'mixed',
      startSuishen({
        account,
        mongodbUri: database.uriOf(`suishen_${mode}`),
        apiBase: platform.apiBase,
        dataDir: `${database.folder}/suishen-${mode}`,
      }),
    );
    const targets = [
      await start('bare_koa', 'success', peer('servers/bare-koa.mjs')),
      await start('co_wechat', 'echo', peer('peers/co-wechat-echo.mjs')),
      await start('node_webot', 'echo', peer('peers/wechat-echo.mjs')),
      await start('co_wechat_insert', 'echo', peer('peers/co-wechat-insert.mjs')),
      suishen,
    ];
    await client.begin(account, {
      vocabulary: await readVocabulary(account.accountId),
      citizens,
      seed: 1,
      order: 'random',
    });
    return {
      mode,
      measured: await measureTargets(client, targets, plan, say),
      stored: {
        co_wechat_insert: await database.count(`insert_${mode}`, 'messages'),
        suishen: await database.count(`suishen_${mode}`, 'exchanges'),
      },
      decisions: await database.countBy(`suishen_${mode}`, 'exchanges', 'decidedBy.step'),
      rss: (await suishen.server.usage({ collect: false })).rss,
    };
  } finally {
    for (const server of servers) await server.stop();
    await platform.stop();
  }
}
