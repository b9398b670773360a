import { businessDay, instantOf } from '../../core/business-day.js';

/**
 * Records of money are vouchers: kept for thirty years, from the first day after the end of the fiscal year, which is the
 * calendar year (会计档案管理办法, 财政部、国家档案局令第 79 号, §§14–15 and its table:
 * www.gov.cn/gongbao/content/2016/content_5041555.htm).
 */
export const voucherYears = 30;
/** Orders that were never paid are nobody's voucher. */
export const unpaidDays = 365;

export const keptForTheAccounts = `付款和退款记录是会计凭证，按《会计档案管理办法》从会计年度终了起保存 ${voucherYears} 年，不能提前删除`;

/** Vouchers of years before this instant have had their time. @param now milliseconds since the epoch, UTC. */
export function vouchersUntil(now: number): Date {
  const year = Number(businessDay(now).slice(0, 4)) - voucherYears;
  return instantOf(`${year}-01-01`, '00:00');
}

export function unpaidUntil(now: number): Date {
  return new Date(now - unpaidDays * 86_400_000);
}
