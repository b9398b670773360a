import { z } from 'zod';
import type { ReportDesk } from '../delivery/report-desk.js';
import { randomText } from '../random-text.js';
import type { World, WorldAccount } from '../world.js';
import { AccessTokens, type TokenAnswer } from './access-tokens.js';
import { blacklistEndpoints } from './blacklist-endpoints.js';
import { CallQuotas, platformDay } from './call-quotas.js';
import { customerServiceEndpoints } from './customer-service-endpoints.js';
import { massEndpoints } from './mass-endpoints.js';
import { MassJobs } from './mass-jobs.js';
import { mediaEndpoints } from './media-endpoints.js';
import { MediaStore } from './media-store.js';
import { menuEndpoints } from './menu-endpoints.js';
import { Mishaps } from './mishaps.js';
import { OauthCodes } from './oauth-codes.js';
import type { PlatformEndpoint, PlatformParts, PlatformRequest } from './platform-call.js';
import { oauthRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';
import { qrCodeEndpoints } from './qr-code-endpoints.js';
import { quotaEndpoints } from './quota-endpoints.js';
import { SentTemplates } from './sent-templates.js';
import { subscriptionEndpoints } from './subscription-endpoints.js';
import { tagEndpoints } from './tag-endpoints.js';
import { templateEndpoints } from './template-endpoints.js';
import { userEndpoints } from './user-endpoints.js';

const endpoints = new Map(
  [
    ...customerServiceEndpoints,
    ...templateEndpoints,
    ...subscriptionEndpoints,
    ...massEndpoints,
    ...tagEndpoints,
    ...blacklistEndpoints,
    ...userEndpoints,
    ...mediaEndpoints,
    ...menuEndpoints,
    ...qrCodeEndpoints,
    ...quotaEndpoints,
  ].map((endpoint) => [endpoint.path, endpoint]),
);

const tokenPath = '/cgi-bin/token';
const stableTokenPath = '/cgi-bin/stable_token';
const oauthTokenPath = '/sns/oauth2/access_token';
/** Called with the account's secret instead of a token. */
const secretPaths: readonly string[] = [stableTokenPath, tokenPath, oauthTokenPath];

export const endpointPaths: readonly string[] = [...secretPaths, ...endpoints.keys()];

const stableTokenBody = z.object({
  grant_type: z.string().optional(),
  appid: z.string().optional(),
  secret: z.string().optional(),
  force_refresh: z.boolean().default(false),
});
type Credentials = Record<'grant_type' | 'appid' | 'secret', string | null | undefined>;

export interface PlatformApiOptions {
  world: World;
  reports: ReportDesk;
  random: () => number;
  /** Other daily limits than the usual ones, by path. */
  dailyLimits: Readonly<Record<string, number>>;
  massRepeatPauseMs: number;
  /** Where a browser finds temporary media. */
  mediaAddress: (mediaId: string) => string;
}

/** What came of a request. */
export interface PlatformResult {
  /** The JSON that the platform answers. */
  answer: object;
  /** Reports that are to arrive before the answer leaves; empty unless that was asked for. */
  reported: readonly Promise<void>[];
}

/** The platform's API without its HTTP: a request in, the JSON that the platform answers out. */
export class PlatformApi {
  readonly quotas: CallQuotas;
  readonly tokens: AccessTokens;
  readonly oauthCodes: OauthCodes;
  readonly media: MediaStore;
  readonly #world: World;
  readonly #random: () => number;
  readonly #parts: PlatformParts;

  constructor({ world, reports, random, dailyLimits, massRepeatPauseMs, mediaAddress }: PlatformApiOptions) {
    this.#world = world;
    this.#random = random;
    this.quotas = new CallQuotas(dailyLimits);
    this.tokens = new AccessTokens(random);
    this.oauthCodes = new OauthCodes(random);
    this.media = new MediaStore(random, mediaAddress);
    this.#parts = {
      world,
      reports,
      random,
      tokens: this.tokens,
      quotas: this.quotas,
      media: this.media,
      sentTemplates: new SentTemplates(),
      massJobs: new MassJobs(massRepeatPauseMs),
      mishaps: new Mishaps(),
    };
  }

  /** The answer alone. Never throws what the platform would answer. `now`: milliseconds since the epoch. */
  handle(request: PlatformRequest, now: number): object {
    return this.perform(request, now).answer;
  }

  perform(request: PlatformRequest, now: number): PlatformResult {
    try {
      return this.#dispatch(request, now);
    } catch (error) {
      if (error instanceof PlatformRefusal) return { answer: this.#refuse(error), reported: [] };
      throw error;
    }
  }

  refusal(errcode: number): object {
    return this.#refuse(new PlatformRefusal(errcode));
  }

  /** The account that a request is about, as far as it can be told; for the fault switches. */
  accountOf(request: PlatformRequest, now: number): WorldAccount | undefined {
    try {
      return secretPaths.includes(request.path)
        ? this.#findByAppId(credentialsOf(request).appid)
        : this.#accountOfToken(request, now);
    } catch (error) {
      if (error instanceof PlatformRefusal) return undefined;
      throw error;
    }
  }

  #refuse({ errcode, message, answer }: PlatformRefusal): object {
    const part = () => randomText(this.#random, 8, '0123456789abcdef');
    return { errcode, errmsg: `${message} rid: ${part()}-${part()}-${part()}`, ...answer };
  }

  #dispatch(request: PlatformRequest, now: number): PlatformResult {
    const credentialled = this.#withSecret(request, now);
    if (credentialled) return { answer: credentialled, reported: [] };
    const endpoint = endpoints.get(request.path);
    if (!endpoint) throw new PlatformRefusal(40066);
    const account = this.#accountOfToken(request, now);
    requireMethod(request, endpoint.method);
    this.quotas.count(account.account.accountId, endpoint.path, now);
    return this.#run(endpoint, account, request, now);
  }

  /** The calls that are made with the account's secret instead of a token. */
  #withSecret(request: PlatformRequest, now: number): object | undefined {
    if (request.path === tokenPath) return this.#ordinaryToken(request, now);
    if (request.path === stableTokenPath) return this.#stableToken(request, now);
    if (request.path === oauthTokenPath) return this.#oauthToken(request, now);
    return undefined;
  }

  #run(
    endpoint: PlatformEndpoint,
    account: WorldAccount,
    request: PlatformRequest,
    now: number,
  ): PlatformResult {
    const reported: Promise<void>[] = [];
    const takesJson = endpoint.method === 'POST' && !endpoint.takesFiles;
    const answer = endpoint.run({
      account,
      query: request.query,
      body: takesJson ? parseJson(request.body) : undefined,
      rawBody: request.body,
      upload: request.upload,
      now,
      platform: this.#parts,
      reported,
    });
    return { answer: { errcode: 0, errmsg: 'ok', ...answer }, reported };
  }

  #ordinaryToken(request: PlatformRequest, now: number): TokenAnswer {
    const { accountId } = this.#checkCredentials(credentialsOf(request)).account;
    this.quotas.count(accountId, tokenPath, now);
    return this.tokens.issueOrdinary(accountId, now);
  }

  #stableToken(request: PlatformRequest, now: number): TokenAnswer {
    requireMethod(request, 'POST');
    const { accountId } = this.#checkCredentials(credentialsOf(request)).account;
    const { force_refresh: force } = parseBody(request);
    this.quotas.count(accountId, stableTokenPath, now);
    return this.tokens.issueStable(accountId, now, force, platformDay(now));
  }

  #oauthToken(request: PlatformRequest, now: number): object {
    const { accountId } = this.#checkCredentials(credentialsOf(request), 'authorization_code').account;
    const { openid, isSnapshot } = this.oauthCodes.redeem(accountId, request.query.get('code'), now);
    return {
      access_token: randomText(this.#random, 107),
      expires_in: oauthRules.tokenLifeSeconds,
      refresh_token: randomText(this.#random, 107),
      openid,
      scope: 'snsapi_base',
      ...(isSnapshot && { is_snapshotuser: 1 }),
    };
  }

  #checkCredentials({ grant_type, appid, secret }: Credentials, wanted = 'client_credential'): WorldAccount {
    if (grant_type !== wanted) throw new PlatformRefusal(40002);
    if (!appid) throw new PlatformRefusal(41002);
    if (!secret) throw new PlatformRefusal(41004);
    const account = this.#findByAppId(appid);
    if (!account) throw new PlatformRefusal(40013);
    if (account.account.appSecret !== secret) throw new PlatformRefusal(40125);
    return account;
  }

  #findByAppId(appId: string | null | undefined): WorldAccount | undefined {
    return [...this.#world.accounts.values()].find(({ account }) => account.appId === appId);
  }

  #accountOfToken(request: PlatformRequest, now: number): WorldAccount {
    const accountId = this.tokens.check(request.query.get('access_token') ?? undefined, now);
    const account = this.#world.accounts.get(accountId);
    if (!account) throw new PlatformRefusal(40001);
    return account;
  }
}

function credentialsOf(request: PlatformRequest): Credentials {
  if (request.path === stableTokenPath) {
    const { grant_type, appid, secret } = parseBody(request);
    return { grant_type, appid, secret };
  }
  const { query } = request;
  return { grant_type: query.get('grant_type'), appid: query.get('appid'), secret: query.get('secret') };
}

function parseBody(request: PlatformRequest): z.output<typeof stableTokenBody> {
  const read = stableTokenBody.safeParse(parseJson(request.body));
  if (!read.success) throw new PlatformRefusal(47001);
  return read.data;
}

function parseJson(text: string): unknown {
  if (text === '') throw new PlatformRefusal(44002);
  try {
    return JSON.parse(text);
  } catch {
    throw new PlatformRefusal(47001);
  }
}

function requireMethod(request: PlatformRequest, method: PlatformEndpoint['method']): void {
  if (request.method === method) return;
  throw new PlatformRefusal(method === 'GET' ? 43001 : 43002);
}
