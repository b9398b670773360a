import type { Fault, Position } from '../../src/features/content/files/fault.js';
import { loadContentFiles } from '../../src/features/content/files/load-content-files.js';
import { lintContent } from '../../src/features/content/lint-content.js';
import type { Severity } from '../../src/features/content/lint/finding.js';
import { programForms } from '../../src/forms.js';
import type { Content } from '../../src/dialog/content-model.js';
import type { Terminal } from './run-command.js';

const severityNames: Record<Severity, string> = { error: '错误', warning: '注意', notice: '待办' };

/**
 * Reads an account's files and prints what is wrong with them, in the order of the files.
 *
 * @returns the content; null when it has faults or errors and cannot be published.
 */
export async function checkFiles(root: string, account: string, terminal: Terminal): Promise<Content | null> {
  const loaded = await loadContentFiles(root, account);
  if ('faults' in loaded) {
    printFaults(loaded.faults, terminal);
    return null;
  }
  const findings = lintContent(loaded.content, { now: Date.now(), forms: programForms });
  const lines = findings.map((finding) => ({ ...finding, ...loaded.locate(finding.where.path) }));
  for (const { severity, rule, message, ...position } of lines.sort(byPosition)) {
    terminal.print(`${place(position)} ${severityNames[severity]} ${rule} ${message}`);
  }
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const totals = (['error', 'warning', 'notice'] as const).map(
    (one) => `${severityNames[one]} ${count(one)}`,
  );
  terminal.print(`${account}：${totals.join('，')}`);
  return count('error') > 0 ? null : loaded.content;
}

/** Reads an account's files and prints only why they are no content. */
export async function readFiles(root: string, account: string, terminal: Terminal): Promise<Content | null> {
  const loaded = await loadContentFiles(root, account);
  if (!('faults' in loaded)) return loaded.content;
  printFaults(loaded.faults, terminal);
  return null;
}

function printFaults(faults: readonly Fault[], terminal: Terminal): void {
  for (const fault of faults.toSorted(byPosition)) {
    terminal.print(`${place(fault)} ${severityNames.error} ${fault.rule} ${fault.message}`);
  }
}

function place({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

function byPosition(one: Position, other: Position): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.line - other.line || one.column - other.column;
}
