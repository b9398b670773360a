import { contentCommand } from './content/content-command.js';
import { runCommand } from './content/run-command.js';

await runCommand(contentCommand);
