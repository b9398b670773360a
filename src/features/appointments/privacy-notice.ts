import { lapsedRetentionDays, visitRetentionDays } from './booking/retention.js';

/** What a citizen reads before giving personal information; by its version a consent names it. */
export interface PrivacyNotice {
  version: string;
  sections: readonly { title: string; text: string }[];
}

/** A new one with every change of the text: a consent holds for what was read. */
const version = '2026-11-22';

/**
 * Who collects what, why, for how long, and the citizen's rights (个人信息保护法 §17, §30, §44–47).
 * @param collector what the official account is called.
 */
export function privacyNotice(collector: string): PrivacyNotice {
  return {
    version,
    sections: [
      { title: '谁在收集', text: `“${collector}”公众号的主办单位，用于预约办事大厅的时段。` },
      {
        title: '收集什么',
        text: '姓名、身份证号、手机号，您约的业务、大厅和时间，以及微信给每位用户的编号（openid）。身份证号属于敏感个人信息。',
      },
      {
        title: '做什么用',
        text: '姓名和身份证号用来在窗口核对是不是本人、保证每人限约的次数；手机号用来在大厅临时有变化时联系您。不作别的用途，不提供给别人。',
      },
      { title: '怎样保管', text: '加密保存在境内；平时只显示一部分，工作人员看全号要写明理由并留下记录。' },
      {
        title: '保存多久',
        text: `预约的记录保存到办理那天之后 ${visitRetentionDays} 天，没有约成的保存 ${lapsedRetentionDays} 天，到期自动删除。`,
      },
      {
        title: '您的权利',
        text: '在“我的数据”里可以导出、删除自己的记录；不同意就不用填，可以到大厅现场取号。对处理有疑问，请在公众号里发“留言”。',
      },
    ],
  };
}
