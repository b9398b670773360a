import { describeError, OperationalError } from '../core/errors.js';
import { finishSlices } from '../core/finish-slices.js';
import { composeAnswer, lasting, lastingText, textReply, type Answer, type AnswerPart } from './answer.js';
import type { Content, MenuNode, ReplyContent, Target } from './content-model.js';
import type { ShownChoice } from './dialog-state.js';
import { emergencyPhrases } from './emergency/emergency-phrases.js';
import { compileEmergency, type EmergencyWords } from './emergency/emergency-words.js';
import { compileForms, type CompiledForms } from './forms/compile-form.js';
import type { Form } from './forms/form-model.js';
import { phrases } from './phrases.js';
import { renderList } from './render-list.js';
import { renderReply } from './render-reply.js';
import { compileKeywords, type Keywords } from './understanding/compile-keywords.js';
import { compileSensitive, type SensitiveWords } from './sensitive/sensitive-words.js';
import { compileSearch, type Search } from './understanding/compile-search.js';

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
  /** The reply that the page gives above the list. */
  readonly reply?: string;
  /** The form that opens here instead of a page. */
  readonly form?: string;
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
  readonly keywords: Keywords;
  readonly search: Search;
  readonly emergency: EmergencyWords;
  /** What is said to somebody who says that there is no danger. */
  readonly calm: { readonly alone: Answer; readonly withMenu: Answer };
  readonly sensitive: { readonly outgoing: SensitiveWords; readonly incoming: SensitiveWords };
  /** The program's forms. Content may name one that a later program has dropped: then nothing opens. */
  readonly forms: CompiledForms;
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
  /** The forms that the program offers; none if absent. */
  forms?: readonly Form[];
}

/**
 * Compiles content into a release, at once.
 * @throws OperationalError `release_broken` if the content names a reply or node that it does not hold, or holds
 *   a node twice. The linter keeps such content from being published.
 */
export function compileRelease(input: ReleaseInput): Release {
  return finishSlices(compileInSlices(input));
}

/**
 * Every node of the tree with its page, at once: for whoever looks at content and answers nobody from it.
 * @throws as `compileRelease`
 */
export function compilePages(content: Content): ReadonlyMap<string, MenuPlace> {
  return finishSlices(compilePlaces(content, finishSlices(compileParts(content))));
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
  const findPage = (to: Target) => {
    if ('form' in to) return [];
    if ('reply' in to) return [findPart(to.reply)];
    const { form, page } = found(places.get(to.node), `node ${to.node}`);
    return form === undefined ? page.parts : [];
  };

  [settings.help, settings.handoff, settings.media, settings.location].forEach(findPart);
  emergencyReplies(content).forEach(findPart);
  for (const { to } of content.rules) findPage(to);
  const forms = compileForms(input.forms ?? []);
  const welcome = findPart(settings.welcome);
  const mainMenu = lastingText(root.list);
  const calm = emergency.calm === undefined ? lastingText(emergencyPhrases.calm) : findPart(emergency.calm);
  const replies = new Map<string, ReleaseReply>();
  yield* inSlices(content.replies, ({ id, title }) => {
    replies.set(id, { title, answer: composeAnswer([findPart(id)]) });
  });
  const keywords = yield* compileKeywordsOf(content);
  const search = yield* compileSearch(
    content,
    new Map(Array.from(forms.byId, ([id, { title }]) => [id, title])),
  );
  return {
    ...input,
    cursorMs: settings.cursorMinutes * 60_000,
    root,
    places,
    replies,
    keywords,
    search,
    emergency: yield* compileEmergency(emergency),
    calm: { alone: composeAnswer([calm]), withMenu: composeAnswer([calm, mainMenu]) },
    sensitive: {
      outgoing: yield* compileSensitive(content.sensitive.outgoing),
      incoming: yield* compileSensitive(content.sensitive.incoming),
    },
    forms,
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
export function titleOf({ places, replies, forms }: Release, target: Target): string | undefined {
  if ('form' in target) return forms.byId.get(target.form)?.title;
  return 'node' in target ? places.get(target.node)?.title : replies.get(target.reply)?.title;
}

/** The replies that somebody in danger may get. */
function emergencyReplies({ emergency }: Content): string[] {
  return [emergency.reply, ...emergency.kinds.map(({ reply }) => reply)];
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

function* compileParts(content: Content): Generator<undefined, Parts> {
  const { replies, settings } = content;
  const urgent = new Set(emergencyReplies(content));
  const howToAsk = renderHowToAsk(replies.find(({ id }) => id === settings.handoff));
  const parts = new Map<string, AnswerPart>();
  yield* inSlices(replies, (content) => {
    const reply = renderReply(content);
    const expires = 'expires' in content ? content.expires : undefined;
    // Whoever is in danger gets the emergency answer, even an old one.
    const part =
      expires === undefined || urgent.has(content.id)
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
    const { id, title, reply: given, form } = node;
    places.set(id, {
      title,
      path,
      ...below,
      page,
      ...(given !== undefined && { reply: given }),
      ...(form !== undefined && { form }),
    });
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

/** A pattern that does not compile makes the release broken; the linter keeps it from being published. */
function* compileKeywordsOf({ rules }: Content): Generator<undefined, Keywords> {
  try {
    return yield* compileKeywords(rules);
  } catch (error) {
    throw broken(describeError(error));
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw broken(`${what} is named and does not exist`);
  return value;
}

function broken(fault: string): OperationalError {
  return new OperationalError('release_broken', `The content cannot be released: ${fault}`);
}
