import { computed, onScopeDispose, shallowRef, type Ref } from 'vue';
import { askPayment, checkOrder } from './activity-calls.js';
import { useAction } from './tell.js';
import { askToPay, type BridgeAnswer } from './wechat-bridge.js';

/** Where paying stands, as far as this page knows. */
export type PaymentPhase =
  | { kind: 'idle' }
  /** The pay sheet is open, or was left without an answer. */
  | { kind: 'asked' }
  | { kind: 'checking' }
  /** The server has not seen the money; `saidOk`: WeChat says that it was paid. */
  | { kind: 'not_seen'; saidOk: boolean }
  | Exclude<BridgeAnswer, { kind: 'ok' }>;

export interface Payment {
  readonly phase: Readonly<Ref<PaymentPhase>>;
  /** Something is under way that ends by itself. */
  readonly isBusy: Readonly<Ref<boolean>>;
  /** Opens the pay sheet. */
  pay(): Promise<unknown>;
  /** Asks the server whether it has been paid. */
  check(): Promise<unknown>;
}

/** Pauses between the questions, in seconds: most money is seen within one or two. */
const patience = [0, 1, 2, 3, 5, 8, 10, 10];

/**
 * Pays an order on the phone. What WeixinJSBridge answers decides what is said, not what is believed: paid is what the
 * server has seen.
 * @param onSettled the order is paid, or cannot be paid any more.
 */
export function usePayment(orderId: () => string, onSettled: () => Promise<unknown>): Payment {
  const phase = shallowRef<PaymentPhase>({ kind: 'idle' });
  let isLeft = false;
  onScopeDispose(() => (isLeft = true));

  const asking = useAction(async () => {
    const request = await askPayment({ params: { orderId: orderId() } });
    phase.value = { kind: 'asked' };
    // Not waited for: whoever leaves the sheet without an answer can pay or ask again.
    void hear(askToPay(request));
  });

  const looking = useAction(async (saidOk: boolean) => {
    phase.value = { kind: 'checking' };
    try {
      if (await isSettled(saidOk ? patience : patience.slice(0, 3))) await onSettled();
    } finally {
      phase.value = { kind: 'not_seen', saidOk };
    }
  });

  async function hear(asked: ReturnType<typeof askToPay>): Promise<void> {
    const answer = await asked;
    if (isLeft) return;
    if (answer.kind === 'ok') await looking.run(true);
    else phase.value = answer;
  }

  async function isSettled(pauses: readonly number[]): Promise<boolean> {
    for (const seconds of pauses) {
      await pause(seconds);
      if (isLeft) return false;
      const { state } = await checkOrder({ params: { orderId: orderId() } });
      if (state === 'paid' || state === 'closed') return true;
    }
    return false;
  }

  return {
    phase,
    isBusy: computed(() => asking.busy.value || looking.busy.value),
    pay: () => asking.run(),
    check: () => looking.run(false),
  };
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, seconds * 1_000));
}
