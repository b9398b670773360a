/**
 * What every peer server shares: its settings, and how it tells the benchmark its port.
 * Each peer is one process and does nothing besides its webhook.
 */
export const account = {
  token: process.env.WECHAT_TOKEN,
  appid: process.env.WECHAT_APPID,
  encodingAESKey: process.env.WECHAT_AES_KEY,
};

export function listen(app) {
  const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
}

/** The least that an echo can be: the text back, or the name of the event. */
export function echo(message) {
  return message.Content ?? message.Event;
}
