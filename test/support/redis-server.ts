import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FoundProgram } from '../../src/storage/embedded/find-program.js';
import { findFreePort } from '../../src/storage/embedded/port.js';

export interface TestRedis {
  url: string;
  stop(): Promise<void>;
}

/**
 * The shell waits for the end of its input. That comes when `stop` closes the pipe, or when this process dies,
 * however it dies; so no server is left behind.
 */
const untilInputEnds = '"$@" & server=$!; read -r _; kill "$server"; wait "$server"';

/** An empty Redis on a free port of 127.0.0.1 that writes nothing to disk. */
export async function startRedis(binary: FoundProgram): Promise<TestRedis> {
  const port = await findFreePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const shell = spawn('/bin/sh', ['-c', untilInputEnds, 'sh', binary.path, ...options], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Its own process group: Ctrl-C reaches the tests alone.
    detached: true,
  });
  const exited = once(shell, 'exit');
  await Promise.race([
    untilReady(shell.stdout),
    exited.then(([code]) => Promise.reject(new Error(`redis-server ended with code ${String(code)}`))),
  ]);
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      shell.stdin.end();
      await exited;
    },
  };
}

function untilReady(output: NodeJS.ReadableStream): Promise<void> {
  let text = '';
  return new Promise((resolve) => {
    // Read on after that: a full pipe would stop the server.
    output.on('data', (chunk: Buffer) => {
      if (text.includes('Ready to accept connections')) return;
      text += chunk.toString();
      if (text.includes('Ready to accept connections')) resolve();
    });
  });
}
