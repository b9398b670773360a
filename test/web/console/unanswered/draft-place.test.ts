import { expect, it } from '@jest/globals';
import { findDraftPlace, type Attached } from '../../../../src/web/console/unanswered/draft-place.js';

const attached: Attached = { to: { reply: 'passport' }, title: '护照', ruleId: 'passport-2', added: [] };
const accountId = 'demo';

it.each([
  ['the rule', ['rule', 'reply', 'draft'], { name: 'rule', params: { accountId, ruleId: 'passport-2' } }],
  ['the reply', ['reply', 'draft'], { name: 'reply', params: { accountId, replyId: 'passport' } }],
  ['all changes', ['draft'], { name: 'draft', params: { accountId } }],
])('what was put into the draft is shown at %s, where there is such a page', (_what, routes, place) => {
  const router = { hasRoute: (name: unknown) => routes.includes(String(name)) };
  expect(findDraftPlace(router, accountId, attached)).toEqual(place);
});

it('what leads to a node is shown among all changes where rules have no page', () => {
  const router = { hasRoute: (name: unknown) => name !== 'rule' };
  expect(findDraftPlace(router, accountId, { ...attached, to: { node: 'birth' } })).toMatchObject({
    name: 'draft',
  });
});
