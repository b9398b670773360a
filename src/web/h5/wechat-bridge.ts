import type { PaymentRequest } from '../../api-types/citizen-orders.js';

interface WeixinJSBridge {
  invoke(
    name: 'getBrandWCPayRequest',
    parameters: PaymentRequest['parameters'],
    callback: (answer: { err_msg: string; err_desc?: string }) => void,
  ): void;
}

declare global {
  interface Window {
    /** WeChat's own browser brings it, some time after the page has begun. */
    WeixinJSBridge?: WeixinJSBridge;
  }
}

/** What WeChat tells the page. Whether money has come, only the server knows. */
export type BridgeAnswer =
  | { kind: 'ok' }
  | { kind: 'cancel' }
  | { kind: 'fail'; reason: string }
  /** The page is open in another browser. */
  | { kind: 'no_bridge' };

const bridgeWaitMs = 4_000;

/** Opens WeChat's pay sheet. Never settles where the citizen leaves it without an answer. */
export async function askToPay({ parameters, bridgeScript }: PaymentRequest): Promise<BridgeAnswer> {
  const bridge = await findBridge(bridgeScript);
  if (!bridge) return { kind: 'no_bridge' };
  return new Promise((resolve) => {
    bridge.invoke('getBrandWCPayRequest', parameters, (answer) => resolve(readAnswer(answer)));
  });
}

function readAnswer({ err_msg, err_desc }: { err_msg: string; err_desc?: string }): BridgeAnswer {
  switch (err_msg) {
    case 'get_brand_wcpay_request:ok':
      return { kind: 'ok' };
    case 'get_brand_wcpay_request:cancel':
      return { kind: 'cancel' };
    default:
      return { kind: 'fail', reason: err_desc ?? '' };
  }
}

async function findBridge(bridgeScript: string | null): Promise<WeixinJSBridge | undefined> {
  if (bridgeScript !== null && !document.querySelector(`script[src="${bridgeScript}"]`))
    await loadScript(bridgeScript);
  if (!window.WeixinJSBridge && /MicroMessenger/i.test(navigator.userAgent)) await bridgeReady();
  return window.WeixinJSBridge;
}

function loadScript(address: string): Promise<void> {
  return new Promise((resolve) => {
    const script = document.createElement('script');
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      script.remove();
      resolve();
    });
    script.src = address;
    document.head.append(script);
  });
}

function bridgeReady(): Promise<void> {
  return new Promise((resolve) => {
    document.addEventListener('WeixinJSBridgeReady', () => resolve(), { once: true });
    window.setTimeout(resolve, bridgeWaitMs);
  });
}
