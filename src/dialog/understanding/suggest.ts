import { buttonKey } from '../button-key.js';
import type { Target } from '../content-model.js';
import { phrases } from '../phrases.js';
import { titleOf, type Release } from '../release.js';
import { renderList } from '../render-list.js';
import { addChoices, showChoices, type Decision, type Turn, type Visit } from '../turn.js';

const MOST_SUGGESTIONS = 5;

/** Asks which of several targets is meant, as a numbered list. Undefined where this release lists none of them. */
export function suggest(
  visit: Visit,
  targets: readonly Target[],
  why: Omit<Decision, 'step'>,
): Turn | undefined {
  const { shown, text } = listTargets(visit.release, targets, phrases.whichOne);
  return shown.length === 0 ? undefined : showChoices(visit, shown, text, { step: 'suggest', ...why });
}

/** An answer, and below it a numbered list of what else may have been asked. */
export function suggestBelow(visit: Visit, turn: Turn, targets: readonly Target[]): Turn {
  const { shown, text } = listTargets(visit.release, targets, phrases.alsoThis);
  return shown.length === 0 ? turn : addChoices(visit, turn, shown, text);
}

function listTargets(release: Release, targets: readonly Target[], question: string) {
  const distinct = new Map(targets.map((target) => [buttonKey(target), target]));
  const titled = [...distinct.values()].flatMap((target) => {
    const title = suggestedTitle(release, target);
    return title === undefined ? [] : [{ target, title }];
  });
  const offered = titled.slice(0, MOST_SUGGESTIONS);
  const items = offered.map(({ title }, index) => ({ number: index + 1, title }));
  return {
    shown: offered.map(({ target }, index) => ({ number: index + 1, ...target })),
    text: `${question}\n${renderList(items, phrases.suggestionKeys)}`,
  };
}

/** Out of its list a node is called by its reply, since 丢失补领 alone does not say of what. */
function suggestedTitle(release: Release, target: Target): string | undefined {
  const place = 'node' in target ? release.places.get(target.node) : undefined;
  const reply = place?.reply === undefined ? undefined : release.replies.get(place.reply);
  return reply?.title ?? titleOf(release, target);
}
