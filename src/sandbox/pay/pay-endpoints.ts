import { createHash, X509Certificate } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { addDays, businessDay, calendarDay, instantOf } from '../../core/business-day.js';
import { beijingTime } from './beijing-time.js';
import { encryptResource } from './pay-keys.js';
import { billRules } from './pay-limits.js';
import type { PayMerchant } from './pay-merchant.js';
import { PayRefusal } from './pay-refusal.js';
import {
  closeOrderSchema,
  placeOrderSchema,
  readPayBody,
  requestRefundSchema,
  wrongField,
} from './pay-requests.js';
import type { PayRefund } from './pay-state.js';
import { viewRefund, viewTransaction } from './pay-views.js';
import { writeTradeBill } from './trade-bill.js';

/** What an endpoint works with; the request is signed by the merchant. */
export interface PayCall {
  merchant: PayMerchant;
  /** What stands for `{…}` in the path. */
  param: string;
  query: URLSearchParams;
  rawBody: string;
  now: number;
  bills: BillLinks;
  /** A refund was accepted; it is settled later. */
  onRefund: (refund: PayRefund) => void;
}

export interface PayEndpoint {
  method: 'GET' | 'POST';
  /** With `{…}` for the part that varies. */
  path: string;
  /** An object is answered as JSON, null as 204, bytes as they are and unsigned. Throws PayRefusal. */
  run: (call: PayCall) => object | Buffer | null;
}

/** Where bills wait for their download. */
export interface BillLinks {
  /** @returns the address, good for five minutes. */
  add: (bill: Buffer, until: number) => string;
  find: (token: string, now: number) => Buffer | undefined;
}

export const payEndpoints: readonly PayEndpoint[] = [
  {
    method: 'POST',
    path: '/v3/pay/transactions/jsapi',
    run: ({ merchant, rawBody, now }) => {
      const request = readPayBody(rawBody, placeOrderSchema);
      requireOwn(merchant, request.mchid);
      if (request.appid !== merchant.appId) throw new PayRefusal('APPID_MCHID_NOT_MATCH');
      if (!merchant.account.citizens.has(request.payer.openid))
        throw wrongField('/payer/openid', '无效的openid');
      return { prepay_id: merchant.book.place(request, now).prepayId };
    },
  },
  {
    method: 'GET',
    path: '/v3/pay/transactions/out-trade-no/{out_trade_no}',
    run: ({ merchant, param, query }) => {
      requireOwn(merchant, query.get('mchid') ?? '');
      const order = merchant.book.find(param);
      return viewTransaction(order, merchant, merchant.book.stateOf(order));
    },
  },
  {
    method: 'GET',
    path: '/v3/pay/transactions/id/{transaction_id}',
    run: ({ merchant, param, query }) => {
      requireOwn(merchant, query.get('mchid') ?? '');
      const order = merchant.book.findByTransaction(param);
      return viewTransaction(order, merchant, merchant.book.stateOf(order));
    },
  },
  {
    method: 'POST',
    path: '/v3/pay/transactions/out-trade-no/{out_trade_no}/close',
    run: ({ merchant, param, rawBody }) => {
      requireOwn(merchant, readPayBody(rawBody, closeOrderSchema).mchid);
      merchant.book.close(param);
      return null;
    },
  },
  {
    method: 'POST',
    path: '/v3/refund/domestic/refunds',
    run: ({ merchant, rawBody, now, onRefund }) => {
      const request = readPayBody(rawBody, requestRefundSchema);
      if (merchant.conduct.refunds === 'not_enough') throw new PayRefusal('NOT_ENOUGH');
      const { refund, isNew } = merchant.book.requestRefund(request, now);
      if (isNew) onRefund(refund);
      return viewRefund(refund);
    },
  },
  {
    method: 'GET',
    path: '/v3/refund/domestic/refunds/{out_refund_no}',
    run: ({ merchant, param }) => viewRefund(merchant.book.findRefund(param)),
  },
  { method: 'GET', path: '/v3/bill/tradebill', run: askForBill },
  {
    method: 'GET',
    path: '/v3/billdownload/file',
    run: ({ query, bills, now }) => {
      const bill = bills.find(query.get('token') ?? '', now);
      if (!bill) throw new PayRefusal('INVALID_REQUEST', { message: '下载地址已失效' });
      return bill;
    },
  },
  { method: 'GET', path: '/v3/certificates', run: listCertificates },
];

/** A merchant asks for its own only. @throws PayRefusal INVALID_REQUEST */
function requireOwn(merchant: PayMerchant, mchId: string): void {
  if (mchId !== merchant.mchId)
    throw new PayRefusal('INVALID_REQUEST', { message: '商户号与签名的商户号不一致' });
}

function askForBill({ merchant, query, now, bills }: PayCall): object {
  const day = query.get('bill_date') ?? '';
  if (!isDay(day)) throw wrongField('bill_date', 'yyyy-MM-dd', 'query');
  // The other two kinds leave out what this one holds.
  if ((query.get('bill_type') ?? 'ALL') !== 'ALL') throw wrongField('bill_type', '沙箱只有 ALL', 'query');
  const packing = query.get('tar_type');
  if (packing !== null && packing !== 'GZIP') throw wrongField('tar_type', 'GZIP', 'query');
  if (!merchant.conduct.billsAtOnce) requireReady(day, now);
  const text = writeTradeBill(merchant.book, merchant, day, merchant.conduct.billDifferences);
  if (text === null) throw new PayRefusal('NO_STATEMENT_EXIST');
  const bill = Buffer.from(text);
  return {
    hash_type: 'SHA1',
    hash_value: createHash('sha1').update(bill).digest('hex'),
    download_url: bills.add(packing ? gzipSync(bill) : bill, now + billRules.linkLifeMs),
  };
}

/** @throws PayRefusal INVALID_REQUEST for a day that has not ended or is too long ago, STATEMENT_CREATING until ten. */
function requireReady(day: string, now: number): void {
  const today = businessDay(now);
  if (day >= today || day < addDays(today, -billRules.keptDays))
    throw new PayRefusal('INVALID_REQUEST', { message: '账单日期无效：只能是三个月内、今天以前的日期' });
  if (now < instantOf(addDays(day, 1), billRules.readyAt).getTime())
    throw new PayRefusal('STATEMENT_CREATING');
}

function isDay(text: string): boolean {
  const [year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).slice(1).map(Number);
  return (
    year !== undefined && month !== undefined && day !== undefined && calendarDay(year, month, day) === text
  );
}

/** A merchant that has 微信支付公钥 only has no certificates to fetch. */
function listCertificates({ merchant }: PayCall): object {
  const { apiV3Key, certificates } = merchant.state.keys;
  if (merchant.conduct.key === 'public_key')
    throw new PayRefusal('RESOURCE_NOT_EXISTS', {
      message: '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥',
    });
  return {
    data: certificates.map(({ certificate }) => {
      const { serialNumber, validFrom, validTo } = new X509Certificate(certificate);
      return {
        serial_no: serialNumber,
        effective_time: beijingTime(Date.parse(validFrom)),
        expire_time: beijingTime(Date.parse(validTo)),
        encrypt_certificate: encryptResource(apiV3Key, certificate, 'certificate'),
      };
    }),
  };
}
