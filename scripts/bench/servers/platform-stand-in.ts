import { once } from 'node:events';
import { createServer } from 'node:http';

export interface PlatformStandIn {
  apiBase: string;
  stop(): Promise<void>;
}

/** Accepts whatever the product asks of the platform's API, so that no benchmark reaches the real one. */
export async function startPlatformStandIn(): Promise<PlatformStandIn> {
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ errcode: 0, errmsg: 'ok', access_token: 'bench', expires_in: 7200 }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return {
    apiBase: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
