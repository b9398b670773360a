import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';

/** Another process with a desk of its own, which does errands: a line of JSON in, a line of outcomes out. */
export interface ErrandNode {
  process: ChildProcess;
  lines: Interface;
}

/** Processes that a test starts; whatever it leaves running is ended by `killAll`. */
export class ErrandProcesses<Errand> {
  readonly #program: string;
  #running: ErrandNode[] = [];

  /** @param program in this folder: `booking-process.ts` */
  constructor(program: string) {
    this.#program = join(import.meta.dirname, program);
  }

  /** @param uri of the database that it works on. */
  async start(uri: string): Promise<ErrandNode> {
    const child = spawn(process.execPath, ['--import', 'tsx', this.#program, uri], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const node = { process: child, lines: createInterface(child.stdout) };
    this.#running.push(node);
    await once(node.lines, 'line');
    return node;
  }

  tell({ process }: ErrandNode, errand: Errand): void {
    process.stdin!.write(`${JSON.stringify(errand)}\n`);
  }

  async send(node: ErrandNode, errand: Errand): Promise<string[]> {
    this.tell(node, errand);
    const [line] = await once(node.lines, 'line');
    return JSON.parse(String(line));
  }

  async kill({ process: child }: ErrandNode): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async killAll(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((node) => this.kill(node)));
  }
}
