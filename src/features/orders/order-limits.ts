/** What WeChat Pay v3 imposes on orders and refunds (pay.weixin.qq.com/doc/v3). */
export const descriptionLimit = 127;
export const refundReasonLimit = 80;
export const refundsPerOrder = 50;
/** A refund can be asked for within 365 days of the payment. */
export const refundableMs = 365 * 86_400_000;
/** Between two refunds of one order. */
export const refundPauseMs = 60_000;
/** How long a `prepay_id` can be paid with. */
export const prepaidMs = 2 * 3_600_000;
