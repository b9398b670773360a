import { runCommand } from './content/run-command.js';
import { unansweredCommand } from './insights/unanswered-command.js';

await runCommand(unansweredCommand);
