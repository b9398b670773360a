import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** A server under test: a process of its own that listens on a port of this machine. */
export interface BenchServer {
  port: number;
  stop(): Promise<void>;
}

/** The last lines that a process wrote, for the day when it does not start. */
export function keepTail(child: ChildProcess): () => string {
  let tail = '';
  const keep = (chunk: unknown): void => {
    tail = `${tail}${String(chunk)}`.slice(-4_000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => tail;
}

/** Asks the process to end, and ends it after ten seconds. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = new AbortController();
  const killer = delay(10_000, undefined, { signal: patience.signal }).then(
    () => child.kill('SIGKILL'),
    () => undefined,
  );
  await exited;
  patience.abort();
  await killer;
}
