import { OperationalError } from '../core/errors.js';
import { foldForKeywords, indexKeywords, type KeywordIndex } from '../text/keyword-index.js';
import { composeAnswer, lastingText, textReply, type Answer, type AnswerPart } from './answer.js';
import type { Content, KeywordRule, MenuNode, ReplyContent, Target } from './content-model.js';
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

/**
 * Compiles content into a release.
 * @throws OperationalError `release_broken` if the content names a reply or node that it does not hold, or holds
 *   a node twice. The linter keeps such content from being published.
 */
export function compileRelease(input: {
  accountId: string;
  number: number;
  hash: string;
  content: Content;
}): Release {
  const { content } = input;
  const { settings } = content;
  const parts = compileParts(content);
  const { root, places } = compileTree(content, parts);
  const findPart = (id: string) => found(parts.get(id), `reply ${id}`);
  const findPage = (target: Target) =>
    'node' in target
      ? found(places.get(target.node), `node ${target.node}`).page.parts
      : [findPart(target.reply)];
  const welcome = findPart(settings.welcome);
  const mainMenu = lastingText(root.list);
  const rules = content.rules.map((rule, order) => ({ ...rule, order }));
  [settings.help, settings.handoff, settings.media, settings.location, content.emergency.reply].forEach(
    findPart,
  );
  rules.forEach((rule) => findPage(rule.to));
  return {
    ...input,
    cursorMs: settings.cursorMinutes * 60_000,
    root,
    places,
    replies: new Map(
      content.replies.map(({ id, title }) => [id, { title, answer: composeAnswer([findPart(id)]) }]),
    ),
    whole: indexWholeKeywords(rules),
    contains: indexKeywords(rules.flatMap((rule) => rule.contains.map((word) => ({ word, value: rule })))),
    emergency: compileEmergencyWords(content.emergency),
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

function compileParts({ replies, settings, emergency }: Content): Parts {
  const handoff = replies.find(({ id }) => id === settings.handoff);
  const howToAsk = renderHowToAsk(handoff);
  return new Map(
    replies.map((reply) => {
      // Whoever is in danger gets the emergency answer, even an old one.
      const expiresAt = reply.id === emergency.reply ? Infinity : expiryOf(reply);
      const afterwards = textReply(`${phrases.expired(reply.title)}\n\n${howToAsk}`);
      return [reply.id, { reply: renderReply(reply), expiresAt, afterwards }];
    }),
  );
}

function renderHowToAsk(handoff: ReplyContent | undefined): string {
  const reply = handoff && renderReply(handoff);
  return reply?.kind === 'text' ? reply.text : phrases.askStaff;
}

/** The first moment of the day, in Asia/Shanghai (UTC+8 all year), from which the reply is no longer valid. */
function expiryOf(reply: ReplyContent): number {
  return 'expires' in reply && reply.expires !== undefined
    ? Date.parse(`${reply.expires}T00:00:00+08:00`)
    : Infinity;
}

function compileTree(content: Content, parts: Parts): { root: MenuPlace; places: Map<string, MenuPlace> } {
  const places = new Map<string, MenuPlace>();

  const compileNode = (node: MenuNode, above: readonly string[]): MenuPlace => {
    if (places.has(node.id)) throw broken(`node ${node.id} occurs twice`);
    const path = [...above, node.id];
    const reply = node.reply === undefined ? undefined : found(parts.get(node.reply), `reply ${node.reply}`);
    const below = compileChildren(node.children, path, phrases.menuKeys);
    const place = { title: node.title, path, ...below, page: composePage(node.title, reply, below.list) };
    places.set(node.id, place);
    return place;
  };

  const compileChildren = (nodes: readonly MenuNode[], path: readonly string[], keys: string) => {
    const sorted = nodes.toSorted((a, b) => a.number - b.number);
    return {
      children: new Map(sorted.map((node) => [node.number, compileNode(node, path)])),
      shown: sorted.map(({ number, id }) => ({ number, node: id })),
      list: sorted.length === 0 ? '' : renderList(sorted, keys),
    };
  };

  const title = content.settings.mainMenuTitle;
  const below = compileChildren(content.tree, [], phrases.mainMenuKeys);
  return { root: { title, path: [], ...below, page: composePage(title, undefined, below.list) }, places };
}

function composePage(title: string, reply: AnswerPart | undefined, list: string): Answer {
  if (reply === undefined) return composeAnswer([lastingText(list === '' ? title : `${title}\n${list}`)]);
  if (list !== '') return composeAnswer([reply, lastingText(list)]);
  // A leaf that says something other than text gets no second message only to tell the keys.
  return composeAnswer(reply.reply.kind === 'text' ? [reply, lastingText(phrases.leafKeys)] : [reply]);
}

function indexWholeKeywords(
  rules: readonly (ReleaseRule & Pick<KeywordRule, 'whole'>)[],
): Map<string, ReleaseRule> {
  const index = new Map<string, ReleaseRule>();
  for (const rule of rules.toSorted((a, b) => b.priority - a.priority || a.order - b.order)) {
    for (const word of rule.whole.map(foldForKeywords)) {
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
