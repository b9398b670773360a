import { runCommand } from './content/run-command.js';
import { staffCommand } from './staff/staff-command.js';

await runCommand(staffCommand);
