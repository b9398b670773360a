import { moneyInWords } from '../../../api-types/in-words.js';
import type { DifferenceView } from '../../../api-types/orders.js';

/** What a difference means, and what to do about it. */
export function explainDifference({ kind, of }: DifferenceView): { title: string; advice: string } {
  if (of === 'payment')
    return {
      missing_here: {
        title: '微信收了钱，我们没有这笔订单',
        advice: '请在商户平台查看这笔付款是谁的、为了什么；不是本系统收的，记下后标为已处理。',
      },
      missing_there: {
        title: '我们记了收款，微信的账单里没有',
        advice: '请打开订单按“现在查询”；仍然不一致时联系开发人员，并向微信支付核实。',
      },
      amount_differs: {
        title: '收款金额不一样',
        advice: '请以微信的账单为准核实，并联系开发人员。',
      },
      state_differs: {
        title: '付款状态不一样',
        advice: '请打开订单按“现在查询”，再重新核对这一天。',
      },
    }[kind];
  return {
    missing_here: {
      title: '微信退了钱，我们没有这笔退款',
      advice: '可能有人在商户平台上直接退了款。请问清是谁、为什么，记下后标为已处理。',
    },
    missing_there: {
      title: '我们记了退款，微信的账单里没有',
      advice: '请打开订单按“现在查询”，再重新核对这一天。',
    },
    amount_differs: {
      title: '退款金额不一样',
      advice: '请以微信的账单为准核实，并联系开发人员。',
    },
    state_differs: {
      title: '退款状态不一样',
      advice: '账单出来以后退款可能又有进展。请打开订单按“现在查询”，再重新核对这一天。',
    },
  }[kind];
}

const stateNames: Readonly<Record<string, string>> = {
  SUCCESS: '成功',
  REFUND: '转入退款',
  PROCESSING: '处理中',
  CHANGE: '退款异常',
  REVOKED: '已撤销',
  open: '待付款',
  closing: '正在关闭',
  closed: '已关闭',
  paid: '已付款',
  proposed: '等人复核',
  requested: '等待提交',
  processing: '处理中',
  succeeded: '已退到账',
  failed: '没有退成',
  abnormal: '退款异常',
};

/** `¥30.00，成功`, or that there is nothing. */
export function saySide(side: DifferenceView['here']): string {
  return side === null ? '没有' : `${moneyInWords(side.amountFen)}，${stateNames[side.state] ?? side.state}`;
}

export function numberOf({ orderNo, refundNo }: DifferenceView): string {
  return refundNo ?? orderNo;
}
