import { runCommand } from './content/run-command.js';
import { dutyCommand } from './duty/duty-command.js';

await runCommand(dutyCommand);
