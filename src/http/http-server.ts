import { createServer, type Server } from 'node:http';
import type Koa from 'koa';
import { OperationalError, describeError } from '../core/errors.js';

export interface HttpServer {
  /** The port in use; of interest where 0 was asked for. */
  port: number;
  /** Takes no new connection, lets every request under way end, then resolves. */
  stop(): Promise<void>;
}

/** Longer than the platform's patience (5 s): a request that takes more is dead. */
const requestTimeoutMs = 30_000;
const keepAliveMs = 75_000;
const idleSweepMs = 50;
/** The platform hangs up after 5 s: by then every answer has gone out or is promised. */
const graceMs = 6_000;

/** @throws OperationalError `port_unavailable` when the address cannot be listened on. */
export async function listen(app: Koa, host: string, port: number): Promise<HttpServer> {
  const answer = app.callback();
  const server = createServer(
    { requestTimeout: requestTimeoutMs, keepAliveTimeout: keepAliveMs },
    (req, res) => {
      // Koa's callback answers every failure itself and never rejects.
      void answer(req, res);
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new OperationalError('port_unavailable', `${host}:${port} — ${describeError(error)}`, {
          cause: error,
        }),
      ),
    );
    server.listen(port, host, resolve);
  });
  return { port: portOf(server), stop: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A kept-alive connection would stay for another minute after its last answer: close each as it falls idle.
    const sweep = setInterval(() => server.closeIdleConnections(), idleSweepMs);
    // A browser opens connections ahead of need; one that never asked anything counts as busy.
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}
