/** Money is integer fen (分, 0.01 yuan) everywhere. */
export type Fen = number;

export interface PayableOrder {
  accountId: string;
  /** Ours, unique at the merchant: 6–32 of `[0-9A-Za-z_-|*]`. */
  orderNo: string;
  openid: string;
  /** At most 127 characters; the payer reads it. */
  description: string;
  amountFen: Fen;
  /** Until when it can be paid, UTC. */
  payableUntil: Date;
}

/** What the page hands to WeixinJSBridge (`getBrandWCPayRequest`). */
export interface BridgeParameters {
  appId: string;
  timeStamp: string;
  nonceStr: string;
  package: string;
  signType: 'RSA';
  paySign: string;
}

/** Where an order stands at the platform. */
export type PaymentState =
  /** `SUCCESS`, and `REFUND`: paid, and refunded in part or whole since. */
  | { kind: 'paid'; transactionId: string; paidFen: Fen; openid: string; paidAt: Date }
  /** `NOTPAY`, `USERPAYING`, `PAYERROR`: may still be paid. */
  | { kind: 'unpaid' }
  | { kind: 'closed' }
  /** The platform does not know the number. */
  | { kind: 'unknown_order' };

export type RefundState =
  | { kind: 'processing' }
  | { kind: 'succeeded'; refundId: string; refundedFen: Fen; at: Date }
  /** `CLOSED`: it came to nothing. */
  | { kind: 'closed' }
  /** `ABNORMAL`: the payer's card cannot take it; a person must act at the platform. */
  | { kind: 'abnormal' }
  | { kind: 'unknown_refund' };

export interface RefundRequest {
  accountId: string;
  orderNo: string;
  /** Ours; a repeat with the same number is the same refund. At most 64 characters. */
  refundNo: string;
  refundFen: Fen;
  totalFen: Fen;
  /** At most 80 characters. */
  reason: string;
}

/** A call that could not be answered: nothing is known, or nothing was done, and a later attempt may succeed. */
export type GatewayTrouble = { kind: 'trouble'; reason: string; wasDone: 'no' | 'maybe' };
/** The platform refuses, whatever is tried. `reason` is its code, such as `NO_AUTH`. */
export type GatewayRefusal = { kind: 'refused'; reason: string };

/** What a verified and decrypted callback says. */
export type PaymentEvent = { id: string; createdAt: Date } & (
  | { kind: 'payment'; orderNo: string; state: Extract<PaymentState, { kind: 'paid' }> }
  | { kind: 'refund'; orderNo: string; refundNo: string; state: RefundState }
);

/** A line of the day's bill. */
export interface BillLine {
  kind: 'payment' | 'refund';
  at: Date;
  transactionId: string;
  orderNo: string;
  /** Of a refund. */
  refundNo: string | null;
  amountFen: Fen;
  /** As the bill says: `SUCCESS`, `REFUND`, `PROCESSING` … */
  state: string;
}

/** WeChat Pay for the accounts that have a merchant. Nothing here throws for what the platform answers. */
export interface PaymentGateway {
  /** Whether the account can take money. */
  isReady(accountId: string): boolean;
  /** Places the order and signs what the page needs. May be repeated: same number, same content. */
  prepare(
    order: PayableOrder,
  ): Promise<
    | { kind: 'ready'; prepayId: string }
    | { kind: 'paid' }
    | { kind: 'closed' }
    | GatewayTrouble
    | GatewayRefusal
  >;
  sign(accountId: string, prepayId: string): Promise<BridgeParameters>;
  query(accountId: string, orderNo: string): Promise<PaymentState | GatewayTrouble>;
  /** Afterwards nobody can pay it any more. */
  close(accountId: string, orderNo: string): Promise<{ kind: 'closed' } | { kind: 'paid' } | GatewayTrouble>;
  refund(request: RefundRequest): Promise<RefundState | GatewayTrouble | GatewayRefusal>;
  queryRefund(accountId: string, refundNo: string): Promise<RefundState | GatewayTrouble>;
  /** All payments and refunds of a day, `YYYY-MM-DD` in Asia/Shanghai; available from 10:00 of the next day. */
  readBill(
    accountId: string,
    day: string,
  ): Promise<{ kind: 'bill'; lines: BillLine[] } | { kind: 'not_yet' } | GatewayTrouble>;
  /**
   * @throws UserError `bad_signature`, `stale_callback`, `unknown_key`, `bad_ciphertext`, `other_merchant`,
   *   `malformed_callback`
   */
  readCallback(
    accountId: string,
    callback: { headers: Readonly<Record<string, string | undefined>>; rawBody: string },
  ): Promise<PaymentEvent>;
}
