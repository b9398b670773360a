import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** A free port of 127.0.0.1: `wanted` if nobody listens there, else one that the system picks. */
export async function findFreePort(wanted = 0): Promise<number> {
  return (await tryPort(wanted)) ?? (await findFreePort());
}

/** The port kept in `file`; 0, "any", if there is none. */
export async function readKeptPort(file: string): Promise<number> {
  const kept = Number(await readFile(file, 'utf8').catch(() => '0'));
  return Number.isInteger(kept) && kept > 0 && kept < 65_536 ? kept : 0;
}

export async function keepPort(file: string, port: number): Promise<void> {
  await writeFile(file, `${port}\n`);
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const found = address !== null && typeof address === 'object' ? address.port : undefined;
      server.close(() => resolve(found));
    });
  });
}
