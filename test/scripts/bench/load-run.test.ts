import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Batch } from '../../../scripts/bench/load/batch.js';
import { runLoad, type LoadOptions } from '../../../scripts/bench/load/load-run.js';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function portOf(listener: RequestListener): Promise<number> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function batchOf(count: number, answered: (message: number) => boolean = () => true): Batch {
  const request = Buffer.from('POST /wechat HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n');
  const messages = Array.from({ length: count }, (_, message) => message);
  return {
    requests: messages.map(() => request),
    openids: messages.map(String),
    echoes: messages.map(String),
    answered: messages.map(answered),
  };
}

function optionsOf(options: Partial<LoadOptions> & { port: number }): LoadOptions {
  return {
    connections: 4,
    expectation: 'echo',
    warmUpMs: 0,
    measureMs: 60_000,
    perSecond: null,
    answerDeadlineMs: 60_000,
    ...options,
  };
}

const answer: RequestListener = (_, response) => response.end('<xml></xml>');

describe('runLoad', () => {
  it('sends every message once and counts the answers', async () => {
    let requests = 0;
    const port = await portOf((request, response) => {
      requests += 1;
      answer(request, response);
    });
    const result = await runLoad(batchOf(300), optionsOf({ port }));
    expect(requests).toBe(300);
    expect(result).toMatchObject({ sent: 300, acknowledged: 300, faults: {} });
    expect(result.latencies).toHaveLength(300);
  });

  it('never has more requests under way than connections', async () => {
    let underWay = 0;
    let most = 0;
    const port = await portOf((_, response) => {
      most = Math.max(most, ++underWay);
      setImmediate(() => {
        underWay -= 1;
        response.end('<xml></xml>');
      });
    });
    await runLoad(batchOf(100), optionsOf({ port, connections: 3 }));
    expect(most).toBeLessThanOrEqual(3);
  });

  it('keeps bodies of some answers for a closer look', async () => {
    const port = await portOf(answer);
    const { samples } = await runLoad(batchOf(250), optionsOf({ port }));
    expect(samples.map(({ message }) => message).sort((one, other) => one - other)).toEqual([0, 101, 202]);
    expect(samples[0]!.body).toBe('<xml></xml>');
  });

  it.each([
    [
      'an error status',
      'status 500',
      (): RequestListener => (_, response) => response.writeHead(500).end('oops'),
    ],
    [
      'a page instead of an answer',
      'neither XML nor success',
      (): RequestListener => (_, response) => response.end('hi'),
    ],
    [
      'silence where an answer was due',
      'silence where an answer was due',
      (): RequestListener => (_, response) => response.end('success'),
    ],
    [
      'a connection that breaks',
      'connection broken',
      (): RequestListener => (request) => request.socket.destroy(),
    ],
  ])('counts %s as a fault and goes on', async (_, fault, listener) => {
    const port = await portOf(listener());
    const result = await runLoad(batchOf(10), optionsOf({ port }));
    expect(result).toMatchObject({ sent: 10, acknowledged: 0, faults: { [fault]: 10 } });
  });

  it('takes an answer to a mere report for a fault, and silence for right', async () => {
    const port = await portOf((request, response) =>
      request.url === '/wechat' ? response.end('success') : response.end(),
    );
    const silent = await runLoad(
      batchOf(6, () => false),
      optionsOf({ port, expectation: 'mixed' }),
    );
    expect(silent.acknowledged).toBe(6);
  });

  it('counts the latency of an open loop from when a message was due, however late it could be sent', async () => {
    const serviceMs = 5;
    const port = await portOf((_, response) => void setTimeout(() => response.end('<xml></xml>'), serviceMs));
    // All 40 are due within about 4 ms; on one connection the last leaves 39 answers later.
    const options = optionsOf({ port, connections: 1, measureMs: 4, perSecond: 10_000 });
    const { sent, latencies } = await runLoad(batchOf(1_000), options);
    const serverBusyMs = (sent - 1) * serviceMs;
    expect(latencies).toHaveLength(sent);
    expect(Math.max(...latencies)).toBeGreaterThan(serverBusyMs - options.measureMs - sent);
  });

  it('reports what is never answered', async () => {
    const port = await portOf(() => undefined);
    const result = await runLoad(batchOf(2), optionsOf({ port, measureMs: 1, answerDeadlineMs: 1 }));
    expect(result).toMatchObject({ acknowledged: 0, faults: { 'no answer': 2 } });
  });
});
