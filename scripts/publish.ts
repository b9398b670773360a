import { publishCommand } from './content/publish-command.js';
import { runCommand } from './content/run-command.js';

await runCommand(publishCommand);
