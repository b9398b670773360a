import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll } from '@jest/globals';
import { findFreePort } from '../../src/storage/embedded/port.js';
import { until } from './until.js';

const root = resolve(import.meta.dirname, '../..');
/** The other settings are blank, which means "not set", whatever the developer's shell or `.env` says. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'XDG_CACHE_HOME', 'SUISHEN_CACHE_DIR', 'MONGOD_BINARY'];

export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The built product, `node dist/main.js`, in a process of its own. */
export class SuishenProcess {
  readonly origin: string;
  readonly exited: Promise<ProcessExit>;
  readonly #child: ChildProcess;
  #output = '';

  /** At once; `startSuishen` waits until it is ready. It never outlives the file's tests. */
  constructor(port: number, settings: Readonly<Record<string, string>>, args: readonly string[] = []) {
    this.origin = `http://127.0.0.1:${port}`;
    this.#child = spawn(process.execPath, [join(root, 'dist/main.js'), ...args], {
      cwd: root,
      env: { ...environment(), HOST: '127.0.0.1', PORT: String(port), ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    // Not "exit": the output is complete only now.
    this.exited = once(this.#child, 'close').then(([code, signal]) => ({ code, signal }));
    started.add(this);
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What it has printed so far, both streams together. */
  get output(): string {
    return this.#output;
  }

  /** The log so far: the lines that are JSON. */
  get log(): Record<string, unknown>[] {
    return this.#output
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line));
  }

  async kill(signal: NodeJS.Signals): Promise<ProcessExit> {
    this.#child.kill(signal);
    return this.exited;
  }

  /** In good order, as an operator does it. */
  stop(): Promise<ProcessExit> {
    return this.kill('SIGTERM');
  }
}

const started = new Set<SuishenProcess>();
afterAll(async () => {
  await Promise.all([...started].map((suishen) => suishen.kill('SIGKILL')));
  started.clear();
});

/** Starts the built product on a free port and waits until it answers citizens. */
export async function startSuishen(
  settings: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<SuishenProcess> {
  const suishen = new SuishenProcess(await findFreePort(), settings, args);
  await until('the product is ready', async () => {
    if (!suishen.isRunning) throw new Error(`the product did not start:\n${suishen.output}`);
    const response = await fetch(`${suishen.origin}/readyz`).catch(() => null);
    return response?.ok ?? false;
  });
  return suishen;
}

/** Runs the built product with settings that it is expected to refuse. */
export async function runSuishen(
  settings: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<ProcessExit & { output: string }> {
  const suishen = new SuishenProcess(await findFreePort(), settings, args);
  return { ...(await suishen.exited), output: suishen.output };
}

function environment(): NodeJS.ProcessEnv {
  const settings = Object.keys(parseEnv(readFileSync(join(root, '.env.example'), 'utf8')));
  return {
    ...Object.fromEntries(settings.map((name) => [name, ''])),
    ...Object.fromEntries(
      inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
    ),
  };
}
