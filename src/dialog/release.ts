import { OperationalError } from '../core/errors.js';
import { foldForKeywords, indexKeywords, type KeywordIndex } from '../text/keyword-index.js';
import { composeAnswer, lasting, lastingText, textReply, type Answer, type AnswerPart } from './answer.js';
import type { Content, MenuNode, ReplyContent, Target } from './content-model.js';
import type { ShownChoice } from './dialog-state.js';
import { compileEmergencyWords, type EmergencyWords } from './emergency.js';
import { phrases } from './phrases.js';
import { renderList } from './render-list.js';
import { renderReply } from './render-reply.js';

/** The main menu, or a node of the tree. */
export interface MenuPlace {
  readonly title: string;
  /** Ids from the top of the tree to here, this one last; empty for the main menu. */
  readonly path: readonly string[];
  readonly children: ReadonlyMap<number, MenuPlace>;
  /** The numbered list of the children, as the citizen's place keeps it; empty for a leaf. */
  readonly shown: readonly ShownChoice[];
  /** The same list as text, with the keys that work. */
  readonly list: string;
  readonly page: Answer;
}

export interface ReleaseReply {
  readonly title: string;
  readonly answer: Answer;
}

export interface ReleaseRule {
  readonly id: string;
  /** Its position among the rules: the earlier of two equals wins. */
  readonly order: number;
  readonly priority: number;
  readonly to: Target;
}

/**
 * What an account says from one publication to the next, compiled so that a step of the dialog only looks up.
 * Immutable; one object serves every citizen.
 */
export interface Release {
  readonly accountId: string;
  readonly number: number;
  /** Digest of the content, as approved. */
  readonly hash: string;
  readonly content: Content;
  /** How long a citizen's place is kept after a message, in milliseconds. */
  readonly cursorMs: number;
  readonly root: MenuPlace;
  /** Every node of the tree by its id. */
  readonly places: ReadonlyMap<string, MenuPlace>;
  readonly replies: ReadonlyMap<string, ReleaseReply>;
  readonly whole: ReadonlyMap<string, ReleaseRule>;
  readonly contains: KeywordIndex<ReleaseRule>;
  readonly emergency: EmergencyWords;
  readonly welcome: Answer;
  readonly fallback: Answer;
  /** By the scene of the QR code. `welcome` greets those who begin to follow through it. */
  readonly scenes: ReadonlyMap<string, { readonly opens: Target; readonly welcome: Answer }>;
}

export interface ReleaseInput {
  accountId: string;
  number: number;
  hash: string;
  content: Content;
}

/**
 * Compiles content into a release, at once.
 * @throws OperationalError `release_broken` if the content names a reply or node that it does not hold, or holds
 *   a node twice. The linter keeps such content from being published.
 */
export function compileRelease(input: ReleaseInput): Release {
  const slices = compileInSlices(input);
  let slice = slices.next();
  while (!slice.done) slice = slices.next();
  return slice.value;
}

/**
 * Compiles content into a release, a few milliseconds at a time: thousands of replies and keywords take longer
 * than messages may be kept waiting, so whoever drives this lets them through between two slices.
 * @throws as `compileRelease`
 */
export function* compileInSlices(input: ReleaseInput): Generator<undefined, Release> {
  const { content } = input;
  const { settings, emergency } = content;
  const parts = yield* compileParts(content);
  const places = yield* compilePlaces(content, parts);
  const root = compileRoot(content, places);
  const findPart = (id: string) => found(parts.get(id), `reply ${id}`);
  const findPage = (to: Target) =>
    'node' in to ? found(places.get(to.node), `node ${to.node}`).page.parts : [findPart(to.reply)];

  [settings.help, settings.handoff, settings.media, settings.location, emergency.reply].forEach(findPart);
  const rules = content.rules.map(({ id, priority, to, whole, contains }, order) => {
    findPage(to);
    return { rule: { id, order, priority, to }, whole, contains };
  });
  const welcome = findPart(settings.welcome);
  const mainMenu = lastingText(root.list);
  const replies = new Map<string, ReleaseReply>();
  yield* inSlices(content.replies, ({ id, title }) => {
    replies.set(id, { title, answer: composeAnswer([findPart(id)]) });
  });
  const whole = indexWholeKeywords(rules);
  yield;
  const contains = indexKeywords(
    rules.flatMap(({ rule, contains }) => contains.map((word) => ({ word, value: rule }))),
  );
  yield;
  return {
    ...input,
    cursorMs: settings.cursorMinutes * 60_000,
    root,
    places,
    replies,
    whole,
    contains,
    emergency: compileEmergencyWords(emergency),
    welcome: composeAnswer([welcome, mainMenu]),
    fallback: composeAnswer([findPart(settings.fallback), mainMenu]),
    scenes: new Map(
      content.scenes.map(({ scene, opens }) => [
        scene,
        { opens, welcome: composeAnswer([welcome, ...findPage(opens)]) },
      ]),
    ),
  };
}

/** The title under which a target is listed; undefined where the release holds it not. */
export function titleOf({ places, replies }: Release, target: Target): string | undefined {
  return 'node' in target ? places.get(target.node)?.title : replies.get(target.reply)?.title;
}

type Parts = ReadonlyMap<string, AnswerPart>;

/** Items between two pauses: well under ten milliseconds of work, in a process that has just begun too. */
const SLICE = 100;

function* inSlices<T>(items: Iterable<T>, work: (item: T) => void): Generator<undefined, void> {
  let done = 0;
  for (const item of items) {
    work(item);
    done += 1;
    if (done % SLICE === 0) yield;
  }
}

function* compileParts({ replies, settings, emergency }: Content): Generator<undefined, Parts> {
  const howToAsk = renderHowToAsk(replies.find(({ id }) => id === settings.handoff));
  const parts = new Map<string, AnswerPart>();
  yield* inSlices(replies, (content) => {
    const reply = renderReply(content);
    const expires = 'expires' in content ? content.expires : undefined;
    // Whoever is in danger gets the emergency answer, even an old one.
    const part =
      expires === undefined || content.id === emergency.reply
        ? lasting(reply)
        : {
            reply,
            expiresAt: beginOfDay(expires),
            afterwards: textReply(`${phrases.expired(content.title)}\n\n${howToAsk}`),
          };
    parts.set(content.id, part);
  });
  return parts;
}

function renderHowToAsk(handoff: ReplyContent | undefined): string {
  const reply = handoff && renderReply(handoff);
  return reply?.kind === 'text' ? reply.text : phrases.askStaff;
}

/** The first moment of a day in Asia/Shanghai, UTC+8 all year, in milliseconds since the epoch. */
function beginOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`);
}

function* compilePlaces(content: Content, parts: Parts): Generator<undefined, Map<string, MenuPlace>> {
  const places = new Map<string, MenuPlace>();
  yield* inSlices(bottomUp(content.tree, []), ({ node, path }) => {
    if (places.has(node.id)) throw broken(`node ${node.id} occurs twice`);
    const reply = node.reply === undefined ? undefined : found(parts.get(node.reply), `reply ${node.reply}`);
    const below = compileList(node.children, places, phrases.menuKeys);
    const page = composePage(node.title, reply, below.list);
    places.set(node.id, { title: node.title, path, ...below, page });
  });
  return places;
}

/** Every node after those below it. */
function* bottomUp(
  nodes: readonly MenuNode[],
  above: readonly string[],
): Generator<{ node: MenuNode; path: string[] }> {
  for (const node of nodes) {
    const path = [...above, node.id];
    yield* bottomUp(node.children, path);
    yield { node, path };
  }
}

function compileRoot({ tree, settings }: Content, places: ReadonlyMap<string, MenuPlace>): MenuPlace {
  const title = settings.mainMenuTitle;
  const below = compileList(tree, places, phrases.mainMenuKeys);
  return { title, path: [], ...below, page: composePage(title, undefined, below.list) };
}

function compileList(
  nodes: readonly MenuNode[],
  places: ReadonlyMap<string, MenuPlace>,
  keys: string,
): Pick<MenuPlace, 'children' | 'shown' | 'list'> {
  if (nodes.length === 0) return NOTHING_BELOW;
  const sorted = nodes.toSorted((a, b) => a.number - b.number);
  return {
    children: new Map(sorted.map(({ number, id }) => [number, found(places.get(id), `node ${id}`)])),
    shown: sorted.map(({ number, id }) => ({ number, node: id })),
    list: renderList(sorted, keys),
  };
}

const NOTHING_BELOW = { children: new Map<number, MenuPlace>(), shown: [], list: '' };

function composePage(title: string, reply: AnswerPart | undefined, list: string): Answer {
  if (reply === undefined) return composeAnswer([lastingText(list === '' ? title : `${title}\n${list}`)]);
  if (list !== '') return composeAnswer([reply, lastingText(list)]);
  // A leaf that says something other than text gets no second message only to tell the keys.
  return composeAnswer(reply.reply.kind === 'text' ? [reply, lastingText(phrases.leafKeys)] : [reply]);
}

function indexWholeKeywords(
  rules: readonly { rule: ReleaseRule; whole: readonly string[] }[],
): Map<string, ReleaseRule> {
  const index = new Map<string, ReleaseRule>();
  const ranked = rules.toSorted((a, b) => b.rule.priority - a.rule.priority || a.rule.order - b.rule.order);
  for (const { rule, whole } of ranked) {
    for (const word of whole.map(foldForKeywords)) {
      if (word !== '' && !index.has(word)) index.set(word, rule);
    }
  }
  return index;
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw broken(`${what} is named and does not exist`);
  return value;
}

function broken(fault: string): OperationalError {
  return new OperationalError('release_broken', `The content cannot be released: ${fault}`);
}
