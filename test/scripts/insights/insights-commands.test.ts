import { describe, expect, it } from '@jest/globals';
import type { Command } from '../../../scripts/content/run-command.js';
import { explainErrors } from '../../../scripts/content/run-command.js';
import { feedbackCommand } from '../../../scripts/insights/feedback-command.js';
import { unansweredCommand } from '../../../scripts/insights/unanswered-command.js';
import { temporaryFolder } from '../../support/temp-folder.js';

async function run(command: Command, ...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const env = { DATA_DIR: await temporaryFolder('commands') };
  const code = await explainErrors(command)(args, { env, print: (line) => lines.push(line) });
  return { code, lines };
}

describe('the command for unanswered questions', () => {
  it.each([
    [[]],
    [['list', 'more']],
    [['list', '--state', 'gone']],
    [['list', '--limit', '0']],
    [['show']],
    [['attach', 'a1']],
    [['attach', 'a1', 'more', '--to', 'reply:passport']],
    [['dismiss']],
    [['dismiss', 'a1']],
    [['reopen', 'a1', 'more']],
    [['destroy', 'a1']],
    [['list', '--fast']],
  ])('explains itself when called as %j', async (args) => {
    expect((await run(unansweredCommand, ...args)).code).toBe(2);
  });

  it('says how a target is written', async () => {
    expect(await run(unansweredCommand, 'attach', 'a1', '--to', 'passport')).toEqual({
      code: 1,
      lines: ['bad_target: “passport”应写成 reply:<回复> 或 node:<节点>'],
    });
  });

  it('says that there is no database', async () => {
    expect(await run(unansweredCommand, 'list')).toMatchObject({
      code: 1,
      lines: [expect.stringMatching(/^no_database: 没有数据库/)],
    });
  });
});

describe('the command for feedback', () => {
  it.each([[[]], [['show']], [['list', 'more']], [['list', '--release', 'last']]])(
    'explains itself when called as %j',
    async (args) => {
      expect((await run(feedbackCommand, ...args)).code).toBe(2);
    },
  );
});
