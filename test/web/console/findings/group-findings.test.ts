import { expect, it } from '@jest/globals';
import { groupFindings } from '../../../../src/web/console/findings/group-findings.js';

it('lists findings by their weight, without weights that nothing has', () => {
  const finding = (severity: 'error' | 'notice', rule: string) => ({
    severity,
    rule,
    where: { kind: 'reply', id: 'a', path: [] },
    message: '',
  });
  const groups = groupFindings([
    finding('notice', 'one'),
    finding('error', 'two'),
    finding('notice', 'three'),
  ]);

  expect(groups.map(({ severity, findings }) => [severity, findings.map(({ rule }) => rule)])).toEqual([
    ['error', ['two']],
    ['notice', ['one', 'three']],
  ]);
});
