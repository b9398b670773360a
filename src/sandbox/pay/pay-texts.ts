/** What WeChat Pay says in the chat, and why the pay sheet does not open. */
export const payTexts = {
  paid: (description: string, yuan: string) => `微信支付：${description}，已支付 ¥${yuan}`,
  refunded: (description: string, yuan: string) => `微信支付：${description}，已退款 ¥${yuan}，原路退回`,
  wrongAppId: '支付的 appId 不是这个沙箱的公众号',
  unknownPrepay: '没有这个 prepay_id，或已过期重新生成',
  badPaySign: '支付验证签名失败：paySign 不对',
  otherPayer: '下单账号与支付账号不一致，请核实后再支付',
  unpayable: { paid: '该订单已支付', closed: '该订单已关闭', expired: '该订单已过期' },
} as const;

/** `12.00` for 1200 fen. */
export function yuanOf(fen: number): string {
  return (fen / 100).toFixed(2);
}
