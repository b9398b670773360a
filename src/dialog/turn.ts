import type { Reply } from '../core/messages.js';
import { repliesAt, textReply, type Answer } from './answer.js';
import type { Target } from './content-model.js';
import type { DialogState, MenuFrame, ShownChoice } from './dialog-state.js';
import type { MenuPlace, Release } from './release.js';

/** What decided an answer; kept with the exchange, for staff and statistics. */
export interface Decision {
  step:
    | 'emergency'
    | 'command'
    | 'frame'
    | 'whole'
    | 'contains'
    | 'follow'
    | 'scan'
    | 'click'
    | 'media'
    | 'fallback'
    | 'silent';
  /** The node of the menu tree whose page was given. */
  node?: string;
  /** The reply that was given by itself. */
  reply?: string;
  /** The keyword rule that matched. */
  rule?: string;
  /** The word that matched, or the choice as it was understood. */
  word?: string;
}

/** One step of the dialog. */
export interface Turn {
  readonly replies: readonly Reply[];
  readonly state: DialogState;
  readonly decision: Decision;
}

/** What a step starts from. `frame` is null where the citizen's place has expired. */
export interface Visit {
  readonly release: Release;
  readonly frame: MenuFrame | null;
  /** Milliseconds since the epoch, UTC. */
  readonly now: number;
}

/**
 * Gives what a target leads to, or what `said` says in its stead.
 * Undefined where this release holds the target no more.
 */
export function openTarget(visit: Visit, target: Target, why: Decision, said?: Answer): Turn | undefined {
  if ('reply' in target) return giveReply(visit, target.reply, why, said);
  const place = visit.release.places.get(target.node);
  return place && openPlace(visit, place, why, said);
}

/** Gives a place's page, or what `said` says in its stead, and moves the citizen there. */
export function openPlace(visit: Visit, place: MenuPlace, why: Decision, said = place.page): Turn {
  const node = place.path.at(-1);
  return {
    replies: repliesAt(said, visit.now),
    state: placeAt(visit, place),
    decision: node === undefined ? why : { ...why, node },
  };
}

/**
 * Gives a reply, or what `said` says in its stead; the citizen stays at the same place.
 * Undefined where this release holds the reply no more.
 */
export function giveReply(visit: Visit, id: string, why: Decision, said?: Answer): Turn | undefined {
  const reply = visit.release.replies.get(id);
  return reply && stay(visit, repliesAt(said ?? reply.answer, visit.now), { ...why, reply: id });
}

/** Says something; the citizen stays at the same place. */
export function stay(visit: Visit, replies: readonly Reply[], decision: Decision): Turn {
  const { frame } = visit;
  return { replies, state: { frame: frame && { ...frame, until: untilOf(visit) } }, decision };
}

/** Shows a list that is not a place's own and whose numbers count from now on. */
export function showChoices(
  visit: Visit,
  shown: readonly ShownChoice[],
  text: string,
  decision: Decision,
): Turn {
  const path = visit.frame?.path ?? [];
  return {
    replies: [textReply(text)],
    state: { frame: { kind: 'menu', path, shown, until: untilOf(visit) } },
    decision,
  };
}

/** Shows the list of a place below a sentence, without the place's reply. */
export function showListOf(visit: Visit, place: MenuPlace, sentence: string, decision: Decision): Turn {
  return { replies: [textReply(`${sentence}\n${place.list}`)], state: placeAt(visit, place), decision };
}

/** The list that bare digits refer to. */
export function shownTo({ frame, release }: Visit): readonly ShownChoice[] {
  return frame?.shown ?? release.root.shown;
}

/** The nearest place on the way up from a path, its end included, that still exists and has a list. */
export function nearestList(release: Release, path: readonly string[]): MenuPlace {
  const id = path.findLast((id) => (release.places.get(id)?.children.size ?? 0) > 0);
  return (id === undefined ? undefined : release.places.get(id)) ?? release.root;
}

/** A leaf shows no list, so there the last list seen goes on counting. */
function placeAt(visit: Visit, place: MenuPlace): DialogState {
  const shown = place.children.size > 0 ? place.shown : shownTo(visit);
  return { frame: { kind: 'menu', path: place.path, shown, until: untilOf(visit) } };
}

function untilOf({ now, release }: Visit): number {
  return now + release.cursorMs;
}
