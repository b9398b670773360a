import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { OperationalError, describeError } from '../../core/errors.js';
import { isExecutable } from './file-access.js';
import { operatorText } from './operator-text.js';

const runFile = promisify(execFile);

/** A server program that Suishen runs itself. */
export interface Program {
  name: string;
  /** The first capture is the version, as in `6.0.5`. */
  versionPattern: RegExp;
  /** Older major versions are passed over. */
  minimumMajor: number;
  /** Shown when no source has it: what to set. */
  remedy: string;
}

/** One place that a program may come from. */
export interface ProgramSource {
  /** As the operator reads it in the list of what was tried. */
  name: string;
  /** The path of the program; throws, with the reason, when this source has none. */
  find(): Promise<string>;
}

/** A program that was found and answered with its version. */
export interface FoundProgram {
  path: string;
  version: string;
  source: string;
}

/** Receives one line for the operator at a time. */
export type Report = (line: string) => void;

/**
 * Tries the sources in their order and returns the first program that runs and is new enough.
 *
 * @throws OperationalError `program_not_found`; its message names each source, why it failed and what to set.
 */
export async function findProgram(
  program: Program,
  sources: readonly ProgramSource[],
  readVersion: typeof versionOf = versionOf,
): Promise<FoundProgram> {
  const attempts: string[] = [];
  for (const source of sources) {
    try {
      const path = await source.find();
      const version = await readVersion(program, path);
      return { path, version, source: source.name };
    } catch (error) {
      attempts.push(`${source.name}：${describeError(error)}`);
    }
  }
  throw new OperationalError(
    'program_not_found',
    operatorText.nothingFound(program.name, attempts, program.remedy),
  );
}

/** The program that a setting names: where the setting exists, no other source is asked. */
export function givenBy(variable: string, path: string): ProgramSource {
  return { name: operatorText.sources.givenBy(variable, path), find: async () => path };
}

/** The program as the shell would find it. */
export function onPath(name: string, searchPath = process.env.PATH ?? ''): ProgramSource {
  return {
    name: operatorText.sources.path(name),
    async find() {
      const file = process.platform === 'win32' ? `${name}.exe` : name;
      for (const folder of searchPath.split(delimiter).filter((part) => part !== '')) {
        const path = join(folder, file);
        if (await isExecutable(path)) return path;
      }
      throw new Error(operatorText.notOnPath);
    },
  };
}

/** Runs `path --version`: proves that the program starts here and is new enough. */
async function versionOf(program: Program, path: string): Promise<string> {
  const { stdout } = await runFile(path, ['--version'], { timeout: 10_000 });
  const version = program.versionPattern.exec(stdout)?.[1];
  if (version === undefined) throw new Error(operatorText.noVersion(path));
  if (Number.parseInt(version, 10) < program.minimumMajor) {
    throw new Error(operatorText.tooOld(version, program.minimumMajor));
  }
  return version;
}
