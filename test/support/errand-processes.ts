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
export class ErrandProcesses<Errand extends { citizens: number[] }> {
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

  /** Every second citizen in each process, at the same time. @returns the outcome of each. */
  async race(
    nodes: readonly ErrandNode[],
    all: readonly number[],
    errandOf: (citizens: number[]) => Errand,
  ): Promise<Record<number, string>> {
    const shares = nodes.map((_, side) => all.filter((_, position) => position % nodes.length === side));
    const outcomes = await Promise.all(
      shares.map((citizens, side) => this.send(nodes[side]!, errandOf(citizens))),
    );
    const pairs = shares.flatMap((share, side) =>
      share.map((nth, position) => [nth, outcomes[side]![position]!]),
    );
    return Object.fromEntries(pairs);
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

/** How often each outcome is among them. */
export function countOutcomes(outcomes: Record<number, string> | readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of Object.values(outcomes)) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** Whole numbers, without `to`. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
