import { z } from 'zod';
import type { WechatAccount } from '../../../src/wechat/account.js';
import { HttpTransport } from '../../../src/wechat/client/http-transport.js';
import { noticeContent } from './notice-office.js';

const tokenSchema = z.object({ access_token: z.string() });
const acceptedSchema = z.object({ errcode: z.literal(0) });
/** As many as the client has connections. */
const atOnce = 64;

/**
 * The same calls by the same client without an engine: no record, no rate, no outcome.
 *
 * @returns calls a second.
 */
export async function measureBareCalls(
  apiBase: string,
  { appId, appSecret }: WechatAccount,
  openids: readonly string[],
  calls: number,
): Promise<number> {
  const transport = new HttpTransport();
  const body = { grant_type: 'client_credential', appid: appId, secret: appSecret };
  const asked = await transport.exchange({ method: 'POST', url: `${apiBase}/cgi-bin/stable_token`, body });
  const query = { access_token: tokenSchema.parse(asked).access_token };
  const { templateId = '', values = {} } = noticeContent.template ?? {};
  const data = Object.fromEntries(Object.entries(values).map(([keyword, value]) => [keyword, { value }]));
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < calls) {
      const nth = next;
      next += 1;
      const message = { touser: openids[nth], template_id: templateId, client_msg_id: `bare-${nth}`, data };
      const url = `${apiBase}/cgi-bin/message/template/send`;
      acceptedSchema.parse(await transport.exchange({ method: 'POST', url, query, body: message }));
    }
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - from) / 1_000;
  transport.close();
  return calls / seconds;
}
