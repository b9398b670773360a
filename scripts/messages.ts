import { runCommand } from './content/run-command.js';
import { messagesCommand } from './messages/messages-command.js';

await runCommand(messagesCommand);
