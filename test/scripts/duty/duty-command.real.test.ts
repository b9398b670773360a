import { expect, it } from '@jest/globals';
import { dutyCommand } from '../../../scripts/duty/duty-command.js';
import { explainErrors } from '../../../scripts/content/run-command.js';
import { createDutyFeature, dutyMigrations } from '../../../src/features/duty/duty-feature.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { buildMessage } from '../../support/builders.js';
import { openTestDatabase } from '../../support/test-database.js';

it('the duty command lists what nobody has seen, and marks it', async () => {
  const { connection, uri, close } = await openTestDatabase(dutyMigrations);
  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const env = { MONGODB_URI: uri };
    const code = await explainErrors(dutyCommand)(args, { env, print: (line) => lines.push(line) });
    return { code, text: lines.join('\n') };
  };
  try {
    const clock = { now: () => Date.parse('2026-11-22T01:00:00Z') };
    const { dutyAlerts } = createDutyFeature({ connection, clock, logger: silentLogger });
    const message = buildMessage();
    await dutyAlerts.raise(message, { kind: 'fire', word: '着火', text: '我家\n着火了' });

    const listed = await run('list');
    expect(listed).toEqual({
      code: 0,
      text: expect.stringMatching(/09:00:00 {2}fire {2}o\S+ {2}我家 着火了$/),
    });
    const [id = ''] = listed.text.split(' ');
    expect(await run('seen', id, '--by', '小李')).toEqual({ code: 0, text: `${id} 已记为看过` });
    expect(await run('list')).toEqual({ code: 0, text: '没有未看的警报' });
    expect(await run('seen', id)).toMatchObject({ code: 1, text: expect.stringContaining('no_open_alert') });
    expect(await run('what')).toMatchObject({ code: 2, text: expect.stringContaining('用法') });
  } finally {
    await close();
  }
});
