import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import nock from 'nock';
import { HttpTransport } from '../../../src/wechat/client/http-transport.js';
import { TransportError } from '../../../src/wechat/client/transport-error.js';
import { listen } from '../../support/listen.js';
import { apiBase, failureOf } from './platform-fixture.js';

// Real servers: nock, once imported, stands in the way of sockets even where it is not asked to answer.
beforeAll(() => nock.restore());

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const part of opened.splice(0)) part.close();
});

describe('HttpTransport', () => {
  it('sends JSON with a length and the query, and reads JSON', async () => {
    const url = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url: path, headers } = request;
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
        response.end(JSON.stringify({ method, path, length: headers['content-length'], body }));
      });
    });
    const answer = await open().exchange({
      method: 'POST',
      url: `${url}/send`,
      query: { access_token: 'a&b=c' },
      body: { text: '办户口 𠮷' },
    });
    expect(answer).toEqual({
      method: 'POST',
      path: '/send?access_token=a%26b%3Dc',
      length: String(Buffer.byteLength('{"text":"办户口 𠮷"}')),
      body: { text: '办户口 𠮷' },
    });
  });

  it('keeps connections alive and never opens more than allowed', async () => {
    let connections = 0;
    let underWay = 0;
    let most = 0;
    const url = await serve(
      (_request, response) => {
        underWay += 1;
        most = Math.max(most, underWay);
        setImmediate(() => {
          underWay -= 1;
          response.end('{}');
        });
      },
      () => (connections += 1),
    );
    const transport = open({ maxSockets: 3 });
    await Promise.all(Array.from({ length: 30 }, () => transport.exchange({ method: 'GET', url })));
    expect(connections).toBeLessThanOrEqual(3);
    expect(most).toBeLessThanOrEqual(3);
  });

  it('is seen by nock', async () => {
    nock.activate();
    nock(apiBase).get('/cgi-bin/x').query({ a: '1' }).reply(200, '{"msgid":9007199254740993}');
    const answer = await open().exchange({ method: 'GET', url: `${apiBase}/cgi-bin/x`, query: { a: '1' } });
    nock.restore();
    expect(answer).toEqual({ msgid: '9007199254740993' });
  });

  it('knows that nothing was delivered where no connection came about', async () => {
    const url = await serve(() => undefined);
    for (const server of opened.splice(0)) server.close();
    expect(await failure(url)).toMatchObject({ code: 'platform_unreachable', delivered: 'no' });
    expect(await failure('http://no-such-host.invalid')).toMatchObject({ delivered: 'no' });
  });

  it('knows that nothing was delivered when TLS does not come about in time', async () => {
    const silent = createTcpServer();
    const port = await listen(silent);
    opened.push(silent);
    expect(await failure(`https://127.0.0.1:${port}`, { connectTimeoutMs: 30 })).toMatchObject({
      code: 'platform_timeout',
      delivered: 'no',
    });
  });

  it('says that a request may have been delivered once it was sent and no answer came', async () => {
    const url = await serve(() => undefined);
    expect(await failure(url, { responseTimeoutMs: 30 })).toMatchObject({
      code: 'platform_timeout',
      delivered: 'maybe',
    });
  });

  it('does not wait for ever for the rest of an answer', async () => {
    const url = await serve((_request, response) => response.write('{"a":'));
    expect(await failure(url, { responseTimeoutMs: 30 })).toMatchObject({
      code: 'platform_timeout',
      delivered: 'maybe',
    });
  });

  it.each([
    ['before the answer', (write: (text: string) => void) => write('')],
    [
      'within the answer',
      (write: (text: string) => void) => write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{'),
    ],
    ['with something that is not HTTP', (write: (text: string) => void) => write('nonsense\r\n\r\n')],
  ])(
    'says that a request may have been delivered when the connection breaks %s',
    async (_when, misbehave) => {
      const server = createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => {
          misbehave((text) => socket.write(text));
          socket.end();
        });
      });
      const port = await listen(server);
      opened.push(server);
      expect(await failure(`http://127.0.0.1:${port}`)).toMatchObject({
        code: 'platform_broke_off',
        delivered: 'maybe',
      });
    },
  );

  it('refuses an answer that is too long', async () => {
    const url = await serve((_request, response) => response.end(JSON.stringify('x'.repeat(2_000))));
    expect(await failure(url, { maxResponseBytes: 1_000 })).toMatchObject({
      code: 'platform_bad_answer',
      delivered: 'maybe',
    });
  });

  it.each([
    [403, 'no'],
    [413, 'no'],
    [502, 'maybe'],
    [504, 'maybe'],
    [302, 'no'],
  ])('takes HTTP %i as a failure, delivered: %s', async (status, delivered) => {
    const url = await serve((_request, response) => response.writeHead(status).end('{"errcode":0}'));
    expect(await failure(url)).toMatchObject({
      code: 'platform_http_status',
      delivered,
      details: { status },
    });
  });

  it('takes an answer that is not JSON as a failure', async () => {
    const url = await serve((_request, response) => response.end('<html>稍候再试</html>'));
    expect(await failure(url)).toMatchObject({ code: 'platform_bad_answer', delivered: 'maybe' });
  });

  it('shows neither query nor body nor answer in any of its errors', async () => {
    const answers: RequestListener[] = [
      (_request, response) => response.end('access_token=hidden-in-the-answer'),
      (_request, response) => response.writeHead(500).end('hidden-in-the-answer'),
      (request) => request.socket.end('hidden-in-the-answer\r\n\r\n'),
      () => undefined,
    ];
    for (const answer of answers) {
      const url = await serve(answer);
      const error = await failure(url, { responseTimeoutMs: 50 });
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('hidden');
      expect(error.message).toContain(new URL(url).host);
    }
  });
});

function open(options: ConstructorParameters<typeof HttpTransport>[0] = {}): HttpTransport {
  const transport = new HttpTransport(options);
  opened.push(transport);
  return transport;
}

async function serve(listener: RequestListener, onConnection: () => void = () => undefined): Promise<string> {
  const server: Server = createServer(listener);
  server.on('connection', onConnection);
  const port = await listen(server);
  opened.push({
    close() {
      server.close();
      server.closeAllConnections();
    },
  });
  return `http://127.0.0.1:${port}`;
}

async function failure(
  url: string,
  options: ConstructorParameters<typeof HttpTransport>[0] = {},
): Promise<TransportError> {
  const exchange = open(options).exchange({
    method: 'POST',
    url,
    query: { access_token: 'hidden-in-the-query' },
    body: { secret: 'hidden-in-the-body' },
  });
  const error = await failureOf(exchange);
  if (!(error instanceof TransportError)) throw new Error('the failure has another type', { cause: error });
  return error;
}
