import { buttonKey } from '../button-key.js';
import type { Target } from '../content-model.js';
import { phrases } from '../phrases.js';
import { titleOf, type Release } from '../release.js';
import { renderList } from '../render-list.js';
import { showChoices, type Decision, type Turn, type Visit } from '../turn.js';

const MOST_SUGGESTIONS = 5;

/** Asks which of several targets is meant, as a numbered list. Undefined where this release lists none of them. */
export function suggest(
  visit: Visit,
  targets: readonly Target[],
  why: Omit<Decision, 'step'>,
): Turn | undefined {
  const distinct = new Map(targets.map((target) => [buttonKey(target), target]));
  const titled = [...distinct.values()].flatMap((target) => {
    const title = suggestedTitle(visit.release, target);
    return title === undefined ? [] : [{ target, title }];
  });
  const offered = titled.slice(0, MOST_SUGGESTIONS);
  if (offered.length === 0) return undefined;
  const items = offered.map(({ title }, index) => ({ number: index + 1, title }));
  const shown = offered.map(({ target }, index) => ({ number: index + 1, ...target }));
  const text = `${phrases.whichOne}\n${renderList(items, phrases.suggestionKeys)}`;
  return showChoices(visit, shown, text, { step: 'suggest', ...why });
}

/** Out of its list a node is called by its reply, since 丢失补领 alone does not say of what. */
function suggestedTitle(release: Release, target: Target): string | undefined {
  const place = 'node' in target ? release.places.get(target.node) : undefined;
  const reply = place?.reply === undefined ? undefined : release.replies.get(place.reply);
  return reply?.title ?? titleOf(release, target);
}
