import { existsSync } from 'node:fs';
import { OperationalError, UserError } from '../../src/core/errors.js';

/** What a command needs of the world; a test gives its own. */
export interface Terminal {
  env: NodeJS.ProcessEnv;
  print(line: string): void;
}

/** A command line. @returns the exit code: 0 done, 1 refused or faulty, 2 called the wrong way. */
export type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** Runs a command as this process: with `.env`, errors as sentences, and its exit code. */
export async function runCommand(command: Command): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const terminal = { env: process.env, print: (line: string) => console.log(line) };
  process.exitCode = await explainErrors(command)(process.argv.slice(2), terminal);
}

/** Errors with a code become one line each; anything else is a bug and keeps its stack. */
export function explainErrors(command: Command): Command {
  return async (args, terminal) => {
    try {
      return await command(args, terminal);
    } catch (error) {
      if (isUsageError(error)) {
        terminal.print(error.message);
        return 2;
      }
      if (!(error instanceof UserError || error instanceof OperationalError)) throw error;
      terminal.print(`${error.code}: ${error.message}`);
      return 1;
    }
  };
}

/** What `parseArgs` throws about options that it does not know. */
function isUsageError(error: unknown): error is { message: string } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'message' in error &&
    'code' in error &&
    String(error.code).startsWith('ERR_PARSE_ARGS')
  );
}
