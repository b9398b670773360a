import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { listen } from '../support/listen.js';

const messageSchema = z.object({ touser: z.string(), text: z.object({ content: z.string() }) });

export interface SentText {
  openid: string;
  text: string;
}

/** The platform's API as far as answers that follow need it: tokens, and customer-service messages. */
export class PlatformStandIn {
  readonly sent: SentText[] = [];
  /** From now on a message is taken, and the caller never hears of it. */
  keepsSilent = false;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      void (async () => {
        const body = await json(request);
        if (request.url?.startsWith('/cgi-bin/message/custom/send')) {
          const { touser, text } = messageSchema.parse(body);
          this.sent.push({ openid: touser, text: text.content });
          if (this.keepsSilent) return;
        }
        response.setHeader('Content-Type', 'application/json');
        response.end(
          JSON.stringify({ errcode: 0, errmsg: 'ok', access_token: 'stand-in', expires_in: 7200 }),
        );
      })();
    });
  }

  /** Its address, for WECHAT_API_BASE. */
  async start(): Promise<string> {
    return `http://127.0.0.1:${await listen(this.#server)}`;
  }

  textsTo(openid: string): string[] {
    return this.sent.filter((one) => one.openid === openid).map(({ text }) => text);
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}
