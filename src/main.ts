import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { startApp, type App } from './app.js';
import { readConfig, type AppConfig } from './config.js';
import { systemClock } from './core/clock.js';
import { OperationalError } from './core/errors.js';
import { activityKeywords, appointmentKeywords } from './core/notice-template.js';
import { createLogger, type Logger } from './observability/logger.js';
import type { OpenedDatabase } from './storage/embedded/open-embedded-database.js';
import type { WechatAccount } from './wechat/account.js';

/** `dist/main.js` and `src/main.ts` lie one level below the folder that holds the content. */
const projectRoot = fileURLToPath(new URL('..', import.meta.url));
/** A stop that takes longer is cut short; the journal has all that was acknowledged. */
const stopPatienceMs = 15_000;

// V8 lets garbage pile up to several times of what is alive. Measured: at 150 % a node is as fast as with V8's own
// choice, at 50 % collecting costs a sixth of the processor and doubles the latency of the slowest 1 %; at 65 % a node
// that remembers 100,000 citizens stays below 300 MB. (The other half of that is in `npm start`: room for what is young
// cannot be set from here.)
setFlagsFromString('--heap-growing-percent=65');
await run();

async function run(): Promise<void> {
  try {
    loadEnvironmentFile();
    const config = readConfig(process.env, process.argv.slice(2));
    const logger = createLogger(config.logLevel);
    const database = await openDatabase(config, logger);
    try {
      const accounts = config.accounts.length > 0 ? config.accounts : inventAccounts(projectRoot);
      const app = await startApp({
        config,
        mongodbUri: database.uri,
        accounts,
        contentRoot: projectRoot,
        logger,
        clock: systemClock,
      });
      greet(config, app, accounts);
      stopOnSignal(app, database, logger);
    } catch (error) {
      await database.stop();
      throw error;
    }
  } catch (error) {
    explain(error);
    // What had started by then, such as a connection, would keep the process alive.
    process.exit(1);
  }
}

/** `.env` beside the program, where there is one; what the environment says already goes first. */
function loadEnvironmentFile(): void {
  const file = join(projectRoot, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

async function openDatabase(config: AppConfig, logger: Logger): Promise<OpenedDatabase> {
  if (config.mongodbUri) return { uri: config.mongodbUri, stop: () => Promise.resolve() };
  // Loaded only here: what starts a mongod is large, and a server has its own.
  const { openEmbeddedDatabase } = await import('./storage/embedded/open-embedded-database.js');
  return openEmbeddedDatabase({
    dataDir: config.dataDir,
    env: process.env,
    report: (progress) => console.error(progress),
    logger,
    onGiveUp: (error) => {
      logger.fatal({ reason: error.message }, 'the embedded database is lost');
      process.exit(1);
    },
  });
}

/** The sandbox's accounts: one for each folder of content, with secrets that live as long as this process. */
function inventAccounts(root: string): WechatAccount[] {
  return readdirSync(join(root, 'menus'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({
      accountId: name,
      appId: `wx${randomBytes(8).toString('hex')}`,
      appSecret: randomBytes(16).toString('hex'),
      token: randomBytes(16).toString('hex'),
      messageMode: 'safe',
      aesKey: randomBytes(32).toString('base64').replaceAll(/[+/=]/g, 'A').slice(0, 43),
      templates: {
        appointment: { id: 'sandbox-appointment', keywords: appointmentKeywords },
        activity: { id: 'sandbox-activity', keywords: activityKeywords },
      },
    }));
}

function greet(config: AppConfig, { port, demoSignIns }: App, accounts: readonly WechatAccount[]): void {
  const base = `http://127.0.0.1:${port}`;
  const lines = ['', '  随身已经启动。', ''];
  if (config.sandbox) lines.push(`  手机页面（沙箱，不连接真实微信）：${base}/sandbox/`);
  for (const { accountId } of accounts)
    lines.push(`  公众号 ${accountId} 的服务器地址：${config.publicUrl}/wechat/${accountId}`);
  if (config.roles.has('web')) lines.push(`  后台：${config.publicUrl}/console/`);
  for (const { name, username, password } of demoSignIns)
    lines.push(`    ${name}：${username} / ${password}`);
  lines.push(`  健康检查 ${base}/readyz · 指标 ${base}/metrics`, '  按 Ctrl-C 停止。', '');
  console.log(lines.join('\n'));
}

function stopOnSignal(app: App, database: OpenedDatabase, logger: Logger): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping: finishing what was accepted');
    setTimeout(() => {
      logger.error('the stop took too long; leaving');
      process.exit(1);
    }, stopPatienceMs).unref();
    await app.stop();
    await database.stop();
    logger.info('stopped');
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));
}

function explain(error: unknown): void {
  if (!(error instanceof OperationalError)) {
    console.error(error);
    return;
  }
  const faults = Array.isArray(error.details['faults'])
    ? error.details['faults'].map(String)
    : [error.message];
  console.error(`随身不能启动（${error.code}）：\n${faults.map((fault) => `  · ${fault}`).join('\n')}`);
}
