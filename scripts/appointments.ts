import { appointmentsCommand } from './appointments/appointments-command.js';
import { runCommand } from './content/run-command.js';

await runCommand(appointmentsCommand);
