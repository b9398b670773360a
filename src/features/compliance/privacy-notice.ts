import { UserError } from '../../core/errors.js';
import { registrationRetentionDays } from '../activities/registrations/registration-retention.js';
import { lapsedRetentionDays, visitRetentionDays } from '../appointments/booking/retention.js';
import { voucherYears } from '../orders/order-retention.js';

/** What a citizen reads before giving personal information; by its version a consent names it. */
export interface PrivacyNotice {
  version: string;
  sections: readonly { title: string; text: string }[];
}

/** A new one with every change of the text: a consent holds for what was read. */
const version = '2026-11-23';

/**
 * Who collects what, why, for how long, and the citizen's rights (个人信息保护法 §17, §30, §31, §44–47), for appointments as
 * for activities.
 * @param collector what the official account is called.
 */
export function privacyNotice(collector: string): PrivacyNotice {
  return {
    version,
    sections: [
      {
        title: '谁在收集',
        text: `“${collector}”公众号的主办单位，用于预约办事大厅的时段、报名参加活动、收活动的费用和退款。`,
      },
      {
        title: '收集什么',
        text: '姓名、身份证号、手机号，您约的业务、大厅和时间，报的活动和报名表里的回答，以及微信给每位用户的编号（openid）。身份证号属于敏感个人信息。付费时另记订单号、金额和时间；付款在微信支付里进行，我们看不到您的银行卡。',
      },
      {
        title: '做什么用',
        text: '姓名和身份证号用来核对是不是本人、保证每人限约限报的次数，活动有年龄要求时按身份证号算周岁；手机号用来在有变化时联系您。不作别的用途；除了把金额和订单号交给微信支付办理收款、退款，不提供给别人。',
      },
      { title: '怎样保管', text: '加密保存在境内；平时只显示一部分，工作人员看全号要写明理由并留下记录。' },
      {
        title: '保存多久',
        text: `预约的记录保存到办理那天之后 ${visitRetentionDays} 天，没有约成的保存 ${lapsedRetentionDays} 天；报名的记录保存到活动结束之后 ${registrationRetentionDays} 天，到期自动删除。付款和退款的记录是会计凭证，按《会计档案管理办法》保存 ${voucherYears} 年，里面没有您的姓名、证件号和手机号。`,
      },
      {
        title: '孩子的信息',
        text: '给不满 14 周岁的孩子报名，要由父母或者其他监护人填写并同意；孩子的信息和上面一样保管，只用于这次活动。',
      },
      {
        title: '您的权利',
        text: '在“我的数据”里可以导出、删除自己的记录；不同意就不用填，可以到大厅现场取号，活动可以向主办方当面报名。对处理有疑问，请在公众号里发“留言”。',
      },
    ],
  };
}

/**
 * A consent to the notice as it is now.
 * @param read the version of what was read. @param now milliseconds since the epoch, UTC.
 * @throws UserError `consent_missing`: it has changed since.
 */
export function consentTo(read: string, now: number): { notice: string; at: Date } {
  if (read !== version)
    throw new UserError('consent_missing', '个人信息说明刚刚更新过，请再看一遍并勾选同意');
  return { notice: read, at: new Date(now) };
}
