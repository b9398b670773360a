import type { Reply } from '../core/messages.js';
import { repliesAt, textReply, type Answer } from './answer.js';
import type { Target } from './content-model.js';
import type {
  DialogState,
  Doubt,
  FormDraft,
  FormFrame,
  LastAnswer,
  MenuFrame,
  ShownChoice,
} from './dialog-state.js';
import { openForm } from './forms/open-form.js';
import { phrases } from './phrases.js';
import { changeTurn, type Asking } from './request.js';
import type { MenuPlace, Release } from './release.js';

/** What decided an answer; kept with the exchange, for staff and statistics. */
export interface Decision {
  step:
    | 'emergency'
    | 'doubtful'
    | 'calmed'
    | 'limited'
    | 'form'
    | 'command'
    | 'feedback'
    | 'frame'
    | 'whole'
    | 'contains'
    | 'pattern'
    | 'several'
    | 'search'
    | 'suggest'
    | 'follow'
    | 'scan'
    | 'click'
    | 'media'
    | 'fallback'
    | 'silent';
  /** The node of the menu tree whose page was given. */
  node?: string;
  /** The reply that was given by itself, or, among several, as that of the node. */
  reply?: string;
  /** What was given beside it, in this order, where several questions were answered together. */
  also?: readonly GivenAnswer[];
  /** Below the answer stood a list of what else may have been asked. */
  offered?: true;
  /** The keyword rule that matched. */
  rule?: string;
  /** The form that was opened, or that the message went into. */
  form?: string;
  /** The kind of emergency that it is, or may be. */
  kind?: string;
  /** The word that matched, or the choice as it was understood. */
  word?: string;
  /** How sure the search was of its best target, 0 to 1. */
  score?: number;
}

/** An answer of the content: a node's with the node. */
export interface GivenAnswer {
  readonly node?: string;
  readonly reply: string;
}

/** One step of the dialog. */
export interface Turn {
  readonly replies: readonly Reply[];
  readonly state: DialogState;
  readonly decision: Decision;
  /** What the citizen sent may be a personal field: it is sealed before it is stored, and counted nowhere. */
  readonly isPrivate?: true;
  /** A service is asked first, and this is what answers then; of the turn itself only the decision counts. */
  readonly awaits?: Asking;
}

/** What a step starts from. `frame` is null where the citizen's place has expired. */
export interface Visit {
  readonly release: Release;
  readonly frame: MenuFrame | null;
  /** The form that is open and stays open, whatever is answered meanwhile; `frame` is where it returns to. */
  readonly form: FormFrame | null;
  /** Forms that the citizen left and can go on with. */
  readonly drafts: readonly FormDraft[];
  /** The answer that the citizen may still judge. */
  readonly last: LastAnswer | null;
  /** Whether it happens now was asked, and may be answered. */
  readonly doubt: Doubt | null;
  /** Milliseconds since the epoch, UTC. */
  readonly now: number;
}

/**
 * Gives what a target leads to, or what `said` says in its stead.
 * Undefined where this release holds the target no more.
 */
export function openTarget(visit: Visit, target: Target, why: Decision, said?: Answer): Turn | undefined {
  if ('reply' in target) {
    const turn = giveReply(visit, target.reply, why, said);
    return turn && toBeJudged(visit, turn, target.reply);
  }
  if ('form' in target) return openForm(visit, target.form, why, said);
  const place = visit.release.places.get(target.node);
  return place && openPlace(visit, place, why, said);
}

/**
 * Answers several questions at once, each with messages of its own; the citizen comes to the place of the first.
 * Undefined where they cannot all be said in one go, or one of them is no answer.
 */
export function openTogether(visit: Visit, targets: readonly Target[], why: Decision): Turn | undefined {
  const answers = targets.flatMap((target) => findAnswer(visit.release, target) ?? []);
  const [first, ...others] = answers;
  const [target] = targets;
  if (first === undefined || target === undefined || answers.length < targets.length) return undefined;
  const replies = answers.flatMap(({ title, answer }) => entitle(title, repliesAt(answer, visit.now)));
  if (!fitTogether(replies)) return undefined;
  const also = others.map(({ given }) => given);
  const turn = openTarget(visit, target, { ...why, ...first.given, also });
  if (turn === undefined) return undefined;
  // 没用 would not say which of them.
  const { last: _, ...state } = turn.state;
  return { ...turn, replies, state };
}

function findAnswer(
  { places, replies }: Release,
  target: Target,
): { given: GivenAnswer; title: string; answer: Answer } | undefined {
  if ('form' in target) return undefined;
  const given = 'reply' in target ? target : replyOfNode(places.get(target.node), target.node);
  const reply = given && replies.get(given.reply);
  return reply && { given, ...reply };
}

function replyOfNode(place: MenuPlace | undefined, node: string): GivenAnswer | undefined {
  return place?.reply === undefined ? undefined : { node, reply: place.reply };
}

/** Which of several answers it is. */
function entitle(title: string, replies: readonly Reply[]): readonly Reply[] {
  const [first, ...others] = replies;
  return first?.kind === 'text' ? [textReply(`【${title}】\n${first.text}`), ...others] : replies;
}

/**
 * UTF-16 units of all texts. WeChat delivers one message in the response and five behind it, each of some 680 汉字:
 * with at most three answers, six are enough for as much.
 */
const LONGEST_TOGETHER = 2_000;

function fitTogether(replies: readonly Reply[]): boolean {
  const lengths = replies.map((reply) => (reply.kind === 'text' ? reply.text.length : Infinity));
  return lengths.reduce((sum, length) => sum + length, 0) <= LONGEST_TOGETHER;
}

/** Gives a place's page, or what `said` says in its stead, and moves the citizen there. */
export function openPlace(visit: Visit, place: MenuPlace, why: Decision, said = place.page): Turn {
  const node = place.path.at(-1);
  if (place.form !== undefined && node !== undefined) {
    const greeting = said === place.page ? undefined : said;
    const form = openForm({ ...visit, frame: frameAt(visit, place) }, place.form, { ...why, node }, greeting);
    if (form !== undefined) return form;
  }
  const turn: Turn = {
    replies: repliesAt(said, visit.now),
    state: placeAt(visit, place),
    decision: node === undefined ? why : { ...why, node },
  };
  return place.reply === undefined ? turn : toBeJudged(visit, turn, place.reply);
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
  return { replies, state: stateAt(visit, frame && { ...frame, until: untilOf(visit) }), decision };
}

/** Shows a list that is not a place's own and whose numbers count from now on; there is no answer to judge then. */
export function showChoices(
  visit: Visit,
  shown: readonly ShownChoice[],
  text: string,
  decision: Decision,
): Turn {
  const path = visit.frame?.path ?? [];
  return {
    replies: [textReply(text)],
    state: stateAt({ ...visit, last: null }, { kind: 'menu', path, shown, until: untilOf(visit) }),
    decision,
  };
}

/** An answer with a list below it that is not its own and whose numbers count from now on. */
export function addChoices(visit: Visit, turn: Turn, shown: readonly ShownChoice[], text: string): Turn {
  const { awaits } = turn;
  if (awaits !== undefined) {
    return { ...turn, awaits: changeTurn(awaits, (given) => addChoices(visit, given, shown, text)) };
  }
  const { frame } = turn.state;
  const listed = (place: MenuFrame | null): MenuFrame => ({
    kind: 'menu',
    path: place?.path ?? [],
    shown,
    until: untilOf(visit),
  });
  return {
    ...turn,
    replies: addText(turn.replies, text),
    decision: { ...turn.decision, offered: true },
    state: {
      ...turn.state,
      frame: frame?.kind === 'form' ? { ...frame, back: listed(frame.back) } : listed(frame),
    },
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

/** The turn, as an answer of the content: what is said about an answer from now on is about this reply. */
function toBeJudged({ release, now }: Visit, turn: Turn, reply: string): Turn {
  const { replies, state, decision } = turn;
  return {
    ...turn,
    // Only the search can be mistaken about what was asked; below every answer the question would be a nuisance.
    replies:
      decision.step === 'search' && replies.at(-1)?.kind === 'text'
        ? addText(replies, phrases.feedbackHint)
        : replies,
    state: { ...state, last: { reply, release: release.number, at: now } },
  };
}

/** Below a text, in the same message. */
function addText(replies: readonly Reply[], text: string): readonly Reply[] {
  const last = replies.at(-1);
  if (last?.kind !== 'text') return [...replies, textReply(text)];
  return [...replies.slice(0, -1), textReply(`${last.text}\n\n${text}`)];
}

function placeAt(visit: Visit, place: MenuPlace): DialogState {
  return stateAt(visit, frameAt(visit, place));
}

/** A leaf shows no list, so there the last list seen goes on counting. */
function frameAt(visit: Visit, place: MenuPlace): MenuFrame {
  const shown = place.children.size > 0 ? place.shown : shownTo(visit);
  return { kind: 'menu', path: place.path, shown, until: untilOf(visit) };
}

/** Going about in the menu leaves the last answer the last one, and an open form open. */
function stateAt(visit: Visit, frame: MenuFrame | null): DialogState {
  const { form, last, drafts } = visit;
  return {
    frame: form === null ? frame : { ...form, back: frame, until: untilOf(visit) },
    ...(last !== null && { last }),
    ...(drafts.length > 0 && { drafts }),
  };
}

function untilOf({ now, release }: Visit): number {
  return now + release.cursorMs;
}
