import { cpus } from 'node:os';
import type { BenchDatabase } from './servers/bench-database.js';
import { versionOf } from './servers/install-peers.js';

/** A goal beside what was measured. */
export interface Verdict {
  what: string;
  measured: string;
  goal: string;
  met: boolean;
}

/** Columns aligned, the first to the left, numbers to the right. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function formatVerdicts(verdicts: readonly Verdict[]): string {
  return formatTable(
    ['', 'measured', 'goal'],
    verdicts.map(({ what, measured, goal, met }) => [`${met ? '✓' : '✗'} ${what}`, measured, goal]),
  );
}

/** What the numbers were measured on. */
export async function describeMachine(database: BenchDatabase): Promise<string> {
  const processors = cpus();
  const koa = await versionOf('koa', 'product');
  return `${processors.length} × ${processors[0]?.model ?? 'unknown processor'} · Node ${process.version} · Koa ${koa} · mongod ${database.version}`;
}

export function megabytes(bytes: number): number {
  return bytes / 2 ** 20;
}

/** Thousands separated, no decimals. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
