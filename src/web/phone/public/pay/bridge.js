/**
 * Plays WeixinJSBridge for a page in the sandbox, which loads it as a script from `/sandbox/pay/bridge.js`; WeChat's
 * own browser brings the real one. Of its calls it knows `getBrandWCPayRequest`: the server checks what the merchant
 * signed, then the pay sheet slides up over the page. Who leaves the sheet without an answer is never heard of again.
 */
{
  const api = '/sandbox/api/pay';

  /** Resolves with the platform's `err_msg`; never where the citizen just leaves. */
  const pay = async (parameters) => {
    const opened = await fetch(`${api}/requests`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(parameters),
    });
    const answer = await opened.json();
    if (!opened.ok) return { err_msg: 'get_brand_wcpay_request:fail', err_desc: answer.error?.message };
    const result = await showSheet(`${answer.accountId}/${answer.prepayId}`);
    return { err_msg: `get_brand_wcpay_request:${result}` };
  };

  const showSheet = (prepaid) =>
    new Promise((resolve) => {
      const sheet = document.createElement('iframe');
      sheet.src = `/sandbox/?pay=${encodeURIComponent(prepaid)}`;
      sheet.title = '微信支付';
      Object.assign(sheet.style, {
        position: 'fixed',
        zIndex: '2147483647',
        inset: '0',
        width: '100%',
        height: '100%',
        border: '0',
      });
      const hear = ({ origin, source, data }) => {
        if (origin !== location.origin || source !== sheet.contentWindow) return;
        const result = data?.sandboxPay;
        if (typeof result !== 'string') return;
        window.removeEventListener('message', hear);
        sheet.remove();
        if (result !== 'leave') resolve(result);
      };
      window.addEventListener('message', hear);
      document.body.append(sheet);
    });

  window.WeixinJSBridge = {
    async invoke(name, parameters, callback = () => undefined) {
      const isKnown = name === 'getBrandWCPayRequest';
      callback(isKnown ? await pay(parameters) : { err_msg: `${name}:fail`, err_desc: '沙箱只会支付' });
    },
  };
  document.dispatchEvent(new Event('WeixinJSBridgeReady'));
}
