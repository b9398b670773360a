import { runCommand } from './content/run-command.js';
import { evalCommand } from './eval/eval-command.js';

await runCommand(evalCommand);
