import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { checkFieldKeys, fieldKeyEnvironment, readFieldKeys } from './config-field-keys.js';
import {
  payEnvironment,
  paySchema,
  readPayEnvironment,
  readPayOf,
  type PayConfig,
} from './config-payments.js';
import { aesKey, appId, oneOf, token, webAddress, whole } from './config-values.js';
import type { FieldKeys } from './core/field-cipher-node.js';
import { OperationalError, describeError } from './core/errors.js';
import {
  activityKeywords,
  appointmentKeywords,
  noticeTemplateSchema,
  type ActivityTemplate,
  type AppointmentTemplate,
} from './core/notice-template.js';
import { systemAccount } from './core/permissions.js';

/** What a process does. `web` answers the platform and the pages; `worker` sends what the outbox holds. */
export type Role = 'web' | 'worker';

/** One official account. Its secrets are never logged and never sent to a browser. */
export interface AccountConfig {
  /** Our own name of the account; part of every stored key and of the webhook's path. */
  accountId: string;
  appId: string;
  appSecret: string;
  /** The token of the platform's "server configuration", for signatures. */
  token: string;
  /** plain: no encryption. compat: both forms in one body. safe: encrypted only, plain text is refused. */
  messageMode: 'plain' | 'compat' | 'safe';
  /** EncodingAESKey, 43 characters; needed in compat and safe mode. */
  aesKey?: string;
  /** The key before the last change: messages under way during a change still carry it. */
  previousAesKey?: string;
  /** For what is said outside the platform's window for customer-service messages; absent: it is not said. */
  templates?: { appointment?: AppointmentTemplate; activity?: ActivityTemplate };
  /** Absent: citizens cannot pay here. Where the sandbox is on, it plays the merchant instead. */
  pay?: PayConfig;
}

export interface AppConfig {
  production: boolean;
  roles: ReadonlySet<Role>;
  host: string;
  port: number;
  publicUrl: string;
  /** Absent: the embedded database under `dataDir`. */
  mongodbUri?: string;
  /** Absent: what nodes share through Redis stays within this process. */
  redisUrl?: string;
  dataDir: string;
  /** For personal fields. Absent: made at the first start and kept under `dataDir`. */
  fieldKeys?: FieldKeys;
  logLevel: string;
  /** How long a member of staff stays signed in, in milliseconds. */
  staffSessions: { idleMs: number; absoluteMs: number };
  /** How many proxies of ours a request passes before it reaches this process. */
  proxyHops: number;
  sandbox: boolean;
  /** Absent: the platform itself, or the sandbox where it is on. */
  wechatApiBase?: string;
  /** Seconds that a signed request may be old, or ahead of our clock. */
  wechatFreshnessSeconds: number;
  /** Messages of one citizen that are answered within a minute, emergencies not counted; 0: all. */
  citizenMessagesPerMinute: number;
  /** Once staff pay back more than this of one order, a second person approves; fen. */
  refundApprovalAboveFen: number;
  /** The account behind `/wechat` without a name. */
  defaultAccount: string;
  accounts: AccountConfig[];
}

const accountId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, '只能用小写字母、数字和连字符')
  .refine((id) => id !== systemAccount, { error: `${systemAccount} 有别的用处，请换一个名字` });
const messageMode = oneOf('plain', 'compat', 'safe');

const environmentSchema = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().optional(),
  PORT: whole(0, 65_535).default(3000),
  PUBLIC_URL: webAddress.optional(),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, '应以 mongodb:// 或 mongodb+srv:// 开头')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, '应以 redis:// 或 rediss:// 开头')
    .optional(),
  DATA_DIR: z.string().default('./data'),
  ...fieldKeyEnvironment,
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').default('info'),
  STAFF_SESSION_IDLE_MINUTES: whole(5, 24 * 60).default(30),
  STAFF_SESSION_HOURS: whole(1, 7 * 24).default(12),
  PROXY_HOPS: whole(0, 10).default(0),
  SANDBOX: oneOf('on', 'off').optional(),
  WECHAT_API_BASE: webAddress.optional(),
  WECHAT_FRESHNESS_SECONDS: whole(30, 86_400).default(300),
  CITIZEN_MESSAGES_PER_MINUTE: whole(0, 100_000).default(30),
  WECHAT_ACCOUNT: accountId.default('pingan-meizhou'),
  WECHAT_APPID: appId.optional(),
  WECHAT_SECRET: z.string().min(16, '至少 16 个字符').optional(),
  WECHAT_TOKEN: token.optional(),
  WECHAT_MESSAGE_MODE: messageMode.default('safe'),
  WECHAT_AES_KEY: aesKey.optional(),
  WECHAT_AES_KEY_PREVIOUS: aesKey.optional(),
  WECHAT_TEMPLATE_APPOINTMENT: noticeTemplateSchema(appointmentKeywords).optional(),
  WECHAT_TEMPLATE_ACTIVITY: noticeTemplateSchema(activityKeywords).optional(),
  WECHAT_ACCOUNTS_FILE: z.string().optional(),
  ...payEnvironment,
  REFUND_APPROVAL_ABOVE_FEN: whole(0, 100_000_000).default(10_000),
});

type Environment = z.output<typeof environmentSchema>;

const accountSchema = z.strictObject({
  accountId,
  appId,
  appSecret: z.string().min(16),
  token,
  messageMode: messageMode.default('safe'),
  aesKey: aesKey.exactOptional(),
  previousAesKey: aesKey.exactOptional(),
  /** Written as WECHAT_TEMPLATE_APPOINTMENT and WECHAT_TEMPLATE_ACTIVITY are. */
  templates: z
    .strictObject({
      appointment: noticeTemplateSchema(appointmentKeywords).exactOptional(),
      activity: noticeTemplateSchema(activityKeywords).exactOptional(),
    })
    .exactOptional(),
  pay: paySchema.exactOptional(),
});

const rolesSchema = z.array(z.enum(['web', 'worker'])).min(1);

/**
 * The settings of this process, from the environment (`.env.example` lists them) and `--roles web,worker`.
 *
 * @throws OperationalError `bad_settings`; `details.faults` holds one sentence for everything that is wrong.
 */
export function readConfig(environment: NodeJS.ProcessEnv, args: readonly string[] = []): AppConfig {
  const given = withoutEmpty(environment);
  const parsed = environmentSchema.safeParse(given);
  const faults = parsed.success ? [] : describeIssues(parsed.error);
  // Checked on without what is malformed, so that one report names everything.
  const malformed = new Set(parsed.success ? [] : parsed.error.issues.map(({ path }) => String(path[0])));
  const settings = parsed.success ? parsed.data : environmentSchema.parse(without(given, malformed));
  const combined: string[] = [];
  const roles = readRoles(args, combined);
  const accounts = readAccounts(settings, combined);
  const config = assemble(settings, roles, accounts);
  checkTogether(config, settings, combined);
  faults.push(...combined.filter((fault) => ![...malformed].some((name) => fault.includes(name))));
  if (faults.length > 0) throw badSettings(faults);
  return config;
}

function assemble(settings: Environment, roles: ReadonlySet<Role>, accounts: AccountConfig[]): AppConfig {
  const production = settings.NODE_ENV === 'production';
  const sandbox = settings.SANDBOX ? settings.SANDBOX === 'on' : accounts.length === 0 && !production;
  const host = settings.HOST ?? (sandbox ? '127.0.0.1' : '0.0.0.0');
  return {
    production,
    roles,
    host,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL ?? `http://${host === '0.0.0.0' ? 'localhost' : host}:${settings.PORT}`,
    ...(settings.MONGODB_URI && { mongodbUri: settings.MONGODB_URI }),
    ...(settings.REDIS_URL && { redisUrl: settings.REDIS_URL }),
    dataDir: settings.DATA_DIR,
    ...readFieldKeys(settings),
    logLevel: settings.LOG_LEVEL,
    staffSessions: {
      idleMs: settings.STAFF_SESSION_IDLE_MINUTES * 60_000,
      absoluteMs: settings.STAFF_SESSION_HOURS * 60 * 60_000,
    },
    proxyHops: settings.PROXY_HOPS,
    sandbox,
    ...(settings.WECHAT_API_BASE && { wechatApiBase: settings.WECHAT_API_BASE }),
    wechatFreshnessSeconds: settings.WECHAT_FRESHNESS_SECONDS,
    citizenMessagesPerMinute: settings.CITIZEN_MESSAGES_PER_MINUTE,
    refundApprovalAboveFen: settings.REFUND_APPROVAL_ABOVE_FEN,
    defaultAccount: settings.WECHAT_ACCOUNT,
    accounts,
  };
}

function readRoles(args: readonly string[], faults: string[]): ReadonlySet<Role> {
  const at = args.findIndex((arg) => arg === '--roles' || arg.startsWith('--roles='));
  if (at < 0) return new Set(['web', 'worker']);
  const value = args[at]?.split('=')[1] ?? args[at + 1] ?? '';
  const roles = rolesSchema.safeParse(value.split(',').map((role) => role.trim()));
  if (roles.success) return new Set(roles.data);
  faults.push(`--roles：应为 web、worker 或 web,worker，现在是“${value}”`);
  return new Set();
}

function readAccounts(settings: Environment, faults: string[]): AccountConfig[] {
  const accounts = settings.WECHAT_ACCOUNTS_FILE
    ? readAccountsFile(settings.WECHAT_ACCOUNTS_FILE, faults)
    : [];
  const { WECHAT_APPID, WECHAT_SECRET, WECHAT_TOKEN } = settings;
  const pay = readPayEnvironment(settings, faults);
  if (WECHAT_APPID === undefined) {
    if (pay) faults.push('WECHAT_PAY_MCHID：要和 WECHAT_APPID 一起设置');
    return accounts;
  }
  if (WECHAT_SECRET === undefined) faults.push('WECHAT_SECRET：设了 WECHAT_APPID 就必须设置');
  if (WECHAT_TOKEN === undefined) faults.push('WECHAT_TOKEN：设了 WECHAT_APPID 就必须设置');
  accounts.push({
    accountId: settings.WECHAT_ACCOUNT,
    appId: WECHAT_APPID,
    appSecret: WECHAT_SECRET ?? '',
    token: WECHAT_TOKEN ?? '',
    messageMode: settings.WECHAT_MESSAGE_MODE,
    ...(settings.WECHAT_AES_KEY && { aesKey: settings.WECHAT_AES_KEY }),
    ...(settings.WECHAT_AES_KEY_PREVIOUS && { previousAesKey: settings.WECHAT_AES_KEY_PREVIOUS }),
    ...readTemplates(settings),
    ...(pay && { pay }),
  });
  return accounts;
}

function readTemplates(settings: Environment): Pick<AccountConfig, 'templates'> {
  const { WECHAT_TEMPLATE_APPOINTMENT: appointment, WECHAT_TEMPLATE_ACTIVITY: activity } = settings;
  if (!appointment && !activity) return {};
  return { templates: { ...(appointment && { appointment }), ...(activity && { activity }) } };
}

function readAccountsFile(path: string, faults: string[]): AccountConfig[] {
  try {
    const parsed = z.array(accountSchema).safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (parsed.success)
      return parsed.data.map(({ pay: settings, ...account }) => {
        const where = `WECHAT_ACCOUNTS_FILE ${path} ${account.accountId}`;
        const pay = settings && readPayOf(settings, where, faults);
        return { ...account, ...(pay && { pay }) };
      });
    faults.push(...describeIssues(parsed.error).map((fault) => `WECHAT_ACCOUNTS_FILE ${path} ${fault}`));
  } catch (error) {
    faults.push(`WECHAT_ACCOUNTS_FILE：${path} 读不出来（${describeError(error)}）`);
  }
  return [];
}

function checkTogether(config: AppConfig, settings: Environment, faults: string[]): void {
  const ids = new Set<string>();
  for (const account of config.accounts) {
    if (account.messageMode !== 'plain' && !account.aesKey) {
      faults.push(`${account.accountId}：${account.messageMode} 模式需要 EncodingAESKey（WECHAT_AES_KEY）`);
    }
    if (ids.has(account.accountId)) faults.push(`${account.accountId}：这个账号设置了两次`);
    ids.add(account.accountId);
  }
  if (config.production && !config.mongodbUri) {
    faults.push('MONGODB_URI：生产环境（NODE_ENV=production）没有内置数据库，必须设置');
  }
  checkFieldKeys(settings, config.production, faults);
  if (!config.sandbox && config.accounts.some(({ pay }) => pay) && !config.publicUrl.startsWith('https://'))
    faults.push('PUBLIC_URL：在线收款时应为 https 地址，微信支付把结果通知到这里');
  if (config.production && config.sandbox)
    faults.push('SANDBOX：生产环境（NODE_ENV=production）不能打开沙箱');
  if (!config.sandbox && config.accounts.length === 0) {
    faults.push('WECHAT_APPID：沙箱关闭时至少要设置一个公众号');
  }
  if (
    settings.WECHAT_APPID === undefined &&
    (settings.WECHAT_SECRET ?? settings.WECHAT_TOKEN) !== undefined
  ) {
    faults.push('WECHAT_APPID：设了 WECHAT_SECRET 或 WECHAT_TOKEN 就必须设置');
  }
}

function describeIssues(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${issue.path.join('.')}：${issue.message}`);
}

function without(settings: Record<string, string>, names: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !names.has(name)));
}

/** `PORT=` in an .env file means: not set. */
function withoutEmpty(environment: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return Object.fromEntries(entries);
}

function badSettings(faults: string[]): OperationalError {
  return new OperationalError('bad_settings', faults.join('\n'), { details: { faults } });
}
