import { z } from 'zod';
import { randomText } from '../random-text.js';
import type { World, WorldAccount } from '../world.js';
import { AccessTokens, type TokenAnswer } from './access-tokens.js';
import { CallQuotas, platformDay } from './call-quotas.js';
import { customerServiceEndpoints } from './customer-service-endpoints.js';
import { menuEndpoints } from './menu-endpoints.js';
import { OauthCodes } from './oauth-codes.js';
import type { PlatformEndpoint, PlatformRequest, ReportEvent } from './platform-call.js';
import { oauthRules } from './platform-limits.js';
import { PlatformRefusal, platformMessage } from './platform-refusal.js';
import { qrCodeEndpoints } from './qr-code-endpoints.js';
import { quotaEndpoints } from './quota-endpoints.js';
import { SentTemplates } from './sent-templates.js';
import { templateEndpoints } from './template-endpoints.js';
import { userEndpoints } from './user-endpoints.js';

const endpoints = new Map(
  [
    ...customerServiceEndpoints,
    ...templateEndpoints,
    ...menuEndpoints,
    ...userEndpoints,
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

/** The platform's API without its HTTP: a request in, the JSON that the platform answers out. */
export class PlatformApi {
  readonly quotas = new CallQuotas();
  readonly #sentTemplates = new SentTemplates();
  readonly tokens: AccessTokens;
  readonly oauthCodes: OauthCodes;

  constructor(
    private readonly world: World,
    private readonly random: () => number,
    private readonly report: ReportEvent,
  ) {
    this.tokens = new AccessTokens(random);
    this.oauthCodes = new OauthCodes(random);
  }

  /** Never throws what the platform would answer. `now`: milliseconds since the epoch. */
  handle(request: PlatformRequest, now: number): object {
    try {
      return this.#dispatch(request, now);
    } catch (error) {
      if (error instanceof PlatformRefusal) return this.refusal(error.errcode);
      throw error;
    }
  }

  refusal(errcode: number): object {
    const part = () => randomText(this.random, 8, '0123456789abcdef');
    return { errcode, errmsg: `${platformMessage(errcode)} rid: ${part()}-${part()}-${part()}` };
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

  #dispatch(request: PlatformRequest, now: number): object {
    if (request.path === tokenPath) return this.#ordinaryToken(request, now);
    if (request.path === stableTokenPath) return this.#stableToken(request, now);
    if (request.path === oauthTokenPath) return this.#oauthToken(request, now);
    const endpoint = endpoints.get(request.path);
    if (!endpoint) throw new PlatformRefusal(40066);
    const account = this.#accountOfToken(request, now);
    requireMethod(request, endpoint.method);
    this.quotas.count(account.account.accountId, endpoint.path, now);
    return { errcode: 0, errmsg: 'ok', ...this.#run(endpoint, account, request, now) };
  }

  #run(endpoint: PlatformEndpoint, account: WorldAccount, request: PlatformRequest, now: number): object {
    const { world, tokens, quotas, report, random } = this;
    return endpoint.run({
      account,
      query: request.query,
      body: endpoint.method === 'POST' ? parseJson(request.body) : undefined,
      rawBody: request.body,
      now,
      platform: { world, tokens, quotas, sentTemplates: this.#sentTemplates, report, random },
    });
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
      access_token: randomText(this.random, 107),
      expires_in: oauthRules.tokenLifeSeconds,
      refresh_token: randomText(this.random, 107),
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
    return [...this.world.accounts.values()].find(({ account }) => account.appId === appId);
  }

  #accountOfToken(request: PlatformRequest, now: number): WorldAccount {
    const accountId = this.tokens.check(request.query.get('access_token') ?? undefined, now);
    const account = this.world.accounts.get(accountId);
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
