import { phrases } from './phrases.js';
import { titleOf, type MenuPlace } from './release.js';
import { renderList } from './render-list.js';
import { nearestList, openPlace, openTarget, showChoices, showListOf, shownTo } from './turn.js';
import type { Decision, Turn, Visit } from './turn.js';

/**
 * Answers a choice whose first number is on the list that the citizen saw; undefined where it is not.
 * The numbers after the first lead down the tree as it is now.
 */
export function answerListed(visit: Visit, choice: readonly number[]): Turn | undefined {
  const [first, ...rest] = choice;
  const listed = shownTo(visit).find(({ number }) => number === first);
  if (listed === undefined) return undefined;
  const why = whyChoice(choice);
  if (rest.length === 0) return openTarget(visit, listed, why) ?? sayUpdated(visit, why);
  if (!('node' in listed)) return refuseChoice(visit, choice);
  const place = visit.release.places.get(listed.node);
  if (place === undefined) return sayUpdated(visit, why);
  const { reached, complete } = descend(place, rest);
  return complete ? openPlace(visit, reached, why) : refuseBelow(visit, reached, choice);
}

/** Answers digits typed in one go, each of which leads one list down: 33 is 3, then 3. Undefined if one does not. */
export function answerDigitByDigit(visit: Visit, choice: readonly number[]): Turn | undefined {
  const [number] = choice;
  if (number === undefined || choice.length > 1) return undefined;
  const [first, ...rest] = Array.from(String(number), Number);
  const listed = shownTo(visit).find((shown) => shown.number === first);
  const place = listed && 'node' in listed ? visit.release.places.get(listed.node) : undefined;
  if (place === undefined) return undefined;
  const { reached, complete } = descend(place, rest);
  return complete ? openPlace(visit, reached, whyChoice(choice)) : undefined;
}

/** Says that the list has no such choice, and shows the list again. */
export function refuseChoice(visit: Visit, choice: readonly number[]): Turn {
  const why = whyChoice(choice);
  const present = shownTo(visit).flatMap((choice) => {
    const title = titleOf(visit.release, choice);
    return title === undefined ? [] : [{ choice, number: choice.number, title }];
  });
  if (present.length === 0) return sayUpdated(visit, why);
  const text = `${phrases.noSuchChoice(why.word)}\n${renderList(present, phrases.menuKeys)}`;
  const shown = present.map(({ choice }) => choice);
  return showChoices(visit, shown, text, why);
}

function refuseBelow(visit: Visit, stoppedAt: MenuPlace, choice: readonly number[]): Turn {
  const why = whyChoice(choice);
  const place = nearestList(visit.release, stoppedAt.path);
  return showListOf(visit, place, phrases.noSuchChoice(why.word), why);
}

/** What was listed is gone from this release. */
function sayUpdated(visit: Visit, why: Decision): Turn {
  const place = nearestList(visit.release, visit.frame?.path ?? []);
  return showListOf(visit, place, phrases.contentUpdated, why);
}

/** Goes down as far as the numbers lead. */
function descend(from: MenuPlace, numbers: readonly number[]): { reached: MenuPlace; complete: boolean } {
  let reached = from;
  for (const number of numbers) {
    const next = reached.children.get(number);
    if (next === undefined) return { reached, complete: false };
    reached = next;
  }
  return { reached, complete: true };
}

function whyChoice(choice: readonly number[]): Decision & { word: string } {
  return { step: 'frame', word: choice.join('-') };
}
