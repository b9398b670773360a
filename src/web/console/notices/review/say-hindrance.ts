import type { NoticeView } from '../../../../api-types/notices.js';
import type { Onlooker } from '../../review/review-words.js';
import { stageNames, stagePermissions, stageRoles, stateTags } from '../notice-words.js';

/**
 * Why somebody may not approve a notice now; undefined: they may. The server decides, by the same rules; this saves a
 * vain attempt and says the reason beforehand.
 */
export function sayHindrance(
  { state, due, authors, approvals, kind }: NoticeView,
  { staffId, can }: Onlooker,
): string | undefined {
  if (state !== 'pending' || due === null) return `这条推送${stateTags[state].name}，现在不用审。`;
  if (authors.some((author) => author.staffId === staffId))
    return kind === 'emergency'
      ? '这条推送是您写的，不能自己批准。请马上找另一位有批准权的同事。'
      : '这条推送里有您写的内容，不能自己审核。请等别的同事来审。';
  const own = approvals.find(({ by }) => by.staffId === staffId);
  if (own) return `${stageNames[own.stage]}是您通过的，${stageNames[due]}须由另一个人来做。`;
  if (!can(stagePermissions[due]) || (kind === 'routine' && !can('notices.review')))
    return `现在等的是${stageNames[due]}，由“${stageRoles[due]}”来做。`;
  return undefined;
}
