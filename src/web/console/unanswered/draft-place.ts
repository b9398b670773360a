import type { RouteLocationRaw, Router } from 'vue-router';
import type { UnansweredGroupView } from '../../../api-types/insights.js';

export type Attached = NonNullable<NonNullable<UnansweredGroupView['decision']>['attached']>;

/** Where the draft shows what was added: the rule, else the reply that it leads to, else all that has changed. */
export function findDraftPlace(
  router: Pick<Router, 'hasRoute'>,
  accountId: string,
  { ruleId, to }: Attached,
): RouteLocationRaw {
  if (router.hasRoute('rule')) return { name: 'rule', params: { accountId, ruleId } };
  if ('reply' in to && router.hasRoute('reply'))
    return { name: 'reply', params: { accountId, replyId: to.reply } };
  return { name: 'draft', params: { accountId } };
}
