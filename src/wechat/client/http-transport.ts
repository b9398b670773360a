import http from 'node:http';
import https from 'node:https';
import { describeError } from '../../core/errors.js';
import { parseJson } from './parse-json.js';
import { TransportError, type Delivered } from './transport-error.js';

export interface PlatformRequest {
  method: 'GET' | 'POST';
  /** Absolute, http or https, without a query. */
  url: string;
  /** May hold a token or a secret; never shown in an error. */
  query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as a form instead of a body. */
  file?: FormFile;
}

export interface FormFile {
  /** The form's name for it. */
  field: string;
  fileName: string;
  mediaType: string;
  bytes: Buffer;
}

export interface HttpTransportOptions {
  /** Connections to one host at the same time; further requests wait for a free one. */
  maxSockets?: number;
  /** From the start of a connection until it stands, TLS included. Milliseconds. */
  connectTimeoutMs?: number;
  /** From a connection that stands until the end of the answer. Milliseconds. */
  responseTimeoutMs?: number;
  /** Bytes; a longer answer is refused. The longest known (10,000 openids of user/get) has about 320 KB. */
  maxResponseBytes?: number;
}

/**
 * How long a kept-alive connection may lie idle. Well below what servers grant: a request that meets a connection
 * as it is being closed breaks off, and then nobody can tell whether it was delivered.
 */
const idleTimeoutMs = 4_000;

const defaults: Required<HttpTransportOptions> = {
  maxSockets: 64,
  connectTimeoutMs: 5_000,
  responseTimeoutMs: 10_000,
  maxResponseBytes: 4 * 1024 * 1024,
};

/** JSON, and files, over HTTP on kept-alive connections; several times faster than the global fetch. */
export class HttpTransport {
  readonly #options: Required<HttpTransportOptions>;
  readonly #http: http.Agent;
  readonly #https: https.Agent;

  constructor(options: HttpTransportOptions = {}) {
    this.#options = { ...defaults, ...options };
    const agentOptions = { keepAlive: true, maxSockets: this.#options.maxSockets, timeout: idleTimeoutMs };
    this.#http = new http.Agent(agentOptions);
    this.#https = new https.Agent(agentOptions);
  }

  /**
   * The parsed answer, whatever it says; integers beyond 2^53 are strings.
   * @throws TransportError
   */
  async exchange(request: PlatformRequest): Promise<unknown> {
    const { status, text } = await this.#send(request);
    const where = placeOf(request);
    if (status < 200 || status > 299) {
      // A 4xx comes from something before the platform's API and refuses the request; a 5xx may come too late.
      const delivered = status < 500 ? 'no' : 'maybe';
      throw new TransportError('platform_http_status', `${where} answered HTTP ${status}`, delivered, {
        details: { status },
      });
    }
    try {
      return parseJson(text);
    } catch {
      throw new TransportError(
        'platform_bad_answer',
        `${where} answered something that is not JSON`,
        'maybe',
        {
          details: { length: text.length },
        },
      );
    }
  }

  /** Breaks off whatever is under way and closes all connections. */
  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  async #send(request: PlatformRequest): Promise<{ status: number; text: string }> {
    const payload = await encode(request);
    return new Promise((resolve, reject) => {
      const outgoing = this.#open(request, payload);
      const exchange = new Exchange(outgoing, placeOf(request), this.#options, reject);
      outgoing.on('response', (response) => {
        exchange.collect(response, (text) => resolve({ status: response.statusCode ?? 0, text }));
      });
      outgoing.end(payload?.content);
    });
  }

  #open({ method, url, query }: PlatformRequest, payload: Payload | undefined): http.ClientRequest {
    const address = new URL(url);
    for (const [name, value] of Object.entries(query ?? {})) address.searchParams.set(name, value);
    const headers = payload ? { 'content-type': payload.contentType } : {};
    return address.protocol === 'https:'
      ? https.request(address, { method, headers, agent: this.#https })
      : http.request(address, { method, headers, agent: this.#http });
  }
}

/** One request and its answer: the time-outs, and whether the request may have been handed over. */
class Exchange {
  readonly #outgoing: http.ClientRequest;
  readonly #place: string;
  readonly #options: Required<HttpTransportOptions>;
  readonly #reject: (error: TransportError) => void;
  #delivered: Delivered = 'no';
  #timer: NodeJS.Timeout | undefined;

  constructor(
    outgoing: http.ClientRequest,
    place: string,
    options: Required<HttpTransportOptions>,
    reject: (error: TransportError) => void,
  ) {
    this.#outgoing = outgoing;
    this.#place = place;
    this.#options = options;
    this.#reject = reject;
    outgoing.on('error', (error) => this.#failWith(error));
    // Not before a socket is assigned: waiting for a free one is not the platform's delay.
    outgoing.on('socket', (socket) => {
      if (outgoing.reusedSocket || !socket.connecting) {
        this.#connected();
        return;
      }
      this.#limit(options.connectTimeoutMs, 'no connection');
      socket.once(outgoing.protocol === 'https:' ? 'secureConnect' : 'connect', () => this.#connected());
    });
  }

  collect(response: http.IncomingMessage, resolve: (text: string) => void): void {
    const chunks: Buffer[] = [];
    let length = 0;
    response.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > this.#options.maxResponseBytes) {
        this.#fail('platform_bad_answer', `answered more than ${this.#options.maxResponseBytes} bytes`);
      } else {
        chunks.push(chunk);
      }
    });
    response.on('error', (error) => this.#failWith(error));
    response.on('end', () => {
      clearTimeout(this.#timer);
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
  }

  #connected(): void {
    this.#delivered = 'maybe';
    this.#limit(this.#options.responseTimeoutMs, 'no complete answer');
  }

  #limit(ms: number, what: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fail('platform_timeout', `${what} within ${ms} ms`), ms);
  }

  #failWith(error: Error): void {
    // Node's own error is not kept as the cause: a parse error carries the raw answer, which may hold a token.
    const reason = 'code' in error ? String(error.code) : describeError(error);
    this.#fail(this.#delivered === 'no' ? 'platform_unreachable' : 'platform_broke_off', reason);
  }

  /** The first failure counts; those that the clean-up causes reject a settled promise, which does nothing. */
  #fail(code: string, what: string): void {
    clearTimeout(this.#timer);
    this.#reject(new TransportError(code, `${this.#place}: ${what}`, this.#delivered));
    this.#outgoing.destroy();
  }
}

interface Payload {
  contentType: string;
  content: string | Buffer;
}

async function encode({ body, file }: PlatformRequest): Promise<Payload | undefined> {
  if (file) return encodeForm(file);
  if (body === undefined) return undefined;
  return { contentType: 'application/json; charset=utf-8', content: JSON.stringify(body) };
}

async function encodeForm({ field, fileName, mediaType, bytes }: FormFile): Promise<Payload> {
  const form = new FormData();
  form.set(field, new Blob([Uint8Array.from(bytes)], { type: mediaType }), fileName);
  // A Response is never sent here: it is what Node offers to write a form as bytes.
  const written = new Response(form);
  const contentType = written.headers.get('content-type') ?? '';
  return { contentType, content: Buffer.from(await written.arrayBuffer()) };
}

/** The address without its query. */
function placeOf({ method, url }: PlatformRequest): string {
  const { host, pathname } = new URL(url);
  return `${method} ${host}${pathname}`;
}
