import { runCommand } from './content/run-command.js';
import { feedbackCommand } from './insights/feedback-command.js';

await runCommand(feedbackCommand);
