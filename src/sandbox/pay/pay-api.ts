import { randomUUID } from 'node:crypto';
import type { Clock } from '../../core/clock.js';
import type { World } from '../world.js';
import { probeHeaders, sealHeaders } from './callback-letters.js';
import { checkAuthorization, readAuthorization, type PayRequest } from './pay-authorization.js';
import type { PayDesk } from './pay-desk.js';
import { payEndpoints, type BillLinks, type PayEndpoint } from './pay-endpoints.js';
import { mchIdOf, type PayMerchant } from './pay-merchant.js';
import { PayRefusal } from './pay-refusal.js';

export interface PayApiOptions {
  world: World;
  desk: PayDesk;
  clock: Clock;
  apiBase: (accountId: string) => string;
}

/** What WeChat Pay answers. */
export interface PayAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
  /** `ok`, or the code of the refusal. */
  outcome: string;
}

/** The API of WeChat Pay v3 for direct merchants, without its HTTP: one merchant for each account of the world. */
export class PayApi {
  readonly #options: PayApiOptions;
  readonly #bills = new Map<string, { bill: Buffer; until: number }>();
  #answered = 0;

  constructor(options: PayApiOptions) {
    this.#options = options;
  }

  /** Whose request it claims to be; undefined: no merchant here. */
  async claimedBy(request: PayRequest): Promise<PayMerchant | undefined> {
    const mchId = readAuthorization(request.headers.authorization)?.mchid;
    const accountId = [...this.#options.world.accounts.keys()].find((id) => mchIdOf(id) === mchId);
    return accountId === undefined ? undefined : this.#options.desk.merchantOf(accountId);
  }

  endpointOf({ method, path }: PayRequest): PayEndpoint | undefined {
    return payEndpoints.find(
      (endpoint) => endpoint.method === method && paramOf(endpoint, path) !== undefined,
    );
  }

  /** Every answer to a merchant is signed, but for downloads. */
  async handle(request: PayRequest): Promise<PayAnswer> {
    const merchant = await this.claimedBy(request);
    try {
      if (!merchant) throw new PayRefusal('SIGN_ERROR', { message: 'Http头Authorization值格式错误' });
      this.#admit(request, merchant);
      const result = this.#run(request, merchant);
      this.#options.world.announceAccount(merchant.account);
      if (Buffer.isBuffer(result))
        return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: result, outcome: 'ok' };
      return this.#answer(merchant, request, {
        status: result ? 200 : 204,
        body: result ? JSON.stringify(result) : '',
        outcome: 'ok',
      });
    } catch (error) {
      if (!(error instanceof PayRefusal)) throw error;
      return this.refuse(request, error, error.code === 'SIGN_ERROR' ? undefined : merchant);
    }
  }

  /** @param merchant undefined: whoever asks is nobody whom an answer is signed for. */
  refuse(request: PayRequest, refusal: PayRefusal, merchant?: PayMerchant): PayAnswer {
    const { code, message, detail, status } = refusal;
    const body = JSON.stringify({ code, message, ...(detail && { detail }) });
    if (merchant) return this.#answer(merchant, request, { status, body, outcome: code });
    return { status, headers: { 'Content-Type': 'application/json' }, body, outcome: code };
  }

  /** @throws PayRefusal PARAM_ERROR, SIGN_ERROR */
  #admit(request: PayRequest, merchant: PayMerchant): void {
    const { headers } = request;
    const authorization = readAuthorization(headers.authorization);
    if (!authorization) throw new PayRefusal('SIGN_ERROR');
    if (!headers.accept || !headers['user-agent'])
      throw new PayRefusal('PARAM_ERROR', { message: 'Http头缺少Accept或User-Agent' });
    checkAuthorization(request, authorization, merchant, this.#options.clock.now());
    if (request.method === 'POST' && !/^application\/json\b/.test(headers['content-type'] ?? ''))
      throw new PayRefusal('PARAM_ERROR', { message: 'Http头Content-Type只能是application/json' });
  }

  #run(request: PayRequest, merchant: PayMerchant): object | Buffer | null {
    const endpoint = this.endpointOf(request);
    if (!endpoint) throw new PayRefusal('RESOURCE_NOT_EXISTS', { message: '没有这个接口' });
    const now = this.#options.clock.now();
    return endpoint.run({
      merchant,
      param: paramOf(endpoint, request.path) ?? '',
      query: new URLSearchParams(request.search),
      rawBody: request.rawBody,
      now,
      bills: this.#billLinks(merchant),
      onRefund: (refund) =>
        this.#options.desk.settleInTime(merchant, refund, now + merchant.conduct.refundAfterMs),
    });
  }

  #answer(
    merchant: PayMerchant,
    request: PayRequest,
    answer: Pick<PayAnswer, 'status' | 'outcome'> & { body: string },
  ): PayAnswer {
    this.#answered += 1;
    const { probeAnswersEvery } = merchant.conduct;
    const isProbe = probeAnswersEvery > 0 && this.#answered % probeAnswersEvery === 0;
    const key = merchant.signingKey(request.headers['wechatpay-serial']);
    const seal = (isProbe ? probeHeaders : sealHeaders)(key, answer.body, this.#options.clock.now());
    const headers = {
      ...seal,
      'Request-ID': randomUUID(),
      'Content-Type': 'application/json; charset=utf-8',
    };
    return { ...answer, headers };
  }

  #billLinks(merchant: PayMerchant): BillLinks {
    return {
      add: (bill, until) => {
        const token = randomUUID();
        this.#bills.set(`${merchant.mchId} ${token}`, { bill, until });
        return `${this.#options.apiBase(merchant.accountId)}/v3/billdownload/file?token=${token}`;
      },
      find: (token, now) => {
        for (const [name, { until }] of this.#bills) if (until <= now) this.#bills.delete(name);
        return this.#bills.get(`${merchant.mchId} ${token}`)?.bill;
      },
    };
  }
}

/** What stands for the part of the path that varies; '' where none does, undefined: another path. */
function paramOf(endpoint: PayEndpoint, path: string): string | undefined {
  const [before = '', after] = endpoint.path.split(/\{[^}]+\}/);
  if (after === undefined) return path === before ? '' : undefined;
  if (!path.startsWith(before) || !path.endsWith(after)) return undefined;
  const param = path.slice(before.length, path.length - after.length);
  return param === '' || param.includes('/') ? undefined : decoded(param);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
