import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { dutyCommand } from '../../../scripts/duty/duty-command.js';
import { explainErrors } from '../../../scripts/content/run-command.js';
import { auditMigrations, createAuditFeature } from '../../../src/features/audit/audit-feature.js';
import { createDutyFeature, dutyMigrations } from '../../../src/features/duty/duty-feature.js';
import { silentLogger } from '../../../src/observability/logger.js';
import { buildFieldCipher, buildMessage } from '../../support/builders.js';
import { openTestDatabase } from '../../support/test-database.js';

it('the duty command lists what is not over, marks who has taken it on, and closes it', async () => {
  const { connection, uri, close } = await openTestDatabase([...auditMigrations, ...dutyMigrations]);
  const keys = { key: randomBytes(32), hashKey: randomBytes(32) };
  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const env = {
      MONGODB_URI: uri,
      FIELD_KEY: keys.key.toString('base64'),
      FIELD_HASH_KEY: keys.hashKey.toString('base64'),
    };
    const code = await explainErrors(dutyCommand)(args, { env, print: (line) => lines.push(line) });
    return { code, text: lines.join('\n') };
  };
  try {
    const clock = { now: () => Date.parse('2026-11-22T01:00:00Z') };
    const { trail: audit } = createAuditFeature({ connection, clock });
    const cipher = buildFieldCipher(keys);
    const { dutyAlerts } = createDutyFeature({ connection, audit, cipher, clock, logger: silentLogger });
    await dutyAlerts.raise(buildMessage(), { kind: 'fire', word: '着火', text: '我家\n着火了' });

    const listed = await run('list');
    expect(listed).toEqual({
      code: 0,
      text: expect.stringMatching(/09:00:00 {2}待接手 {2}fire {2}o\S+ {2}我家 着火了$/),
    });
    const [id = ''] = listed.text.split(' ');
    expect(await run('seen', id, '--by', '小李')).toEqual({ code: 0, text: `${id} 已记为接手` });
    expect(await run('seen', id)).toMatchObject({ code: 1, text: expect.stringContaining('alert_changed') });
    expect((await run('list')).text).toContain('小李已接手');
    expect(await run('close', id, '--note', '已转119')).toEqual({ code: 0, text: `${id} 已办结` });
    expect(await run('list')).toEqual({ code: 0, text: '没有要处理的警报' });
    expect(await run('close', id)).toMatchObject({ code: 2, text: expect.stringContaining('用法') });
  } finally {
    await close();
  }
});
