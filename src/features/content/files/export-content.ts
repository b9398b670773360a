import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { contentSchema, type Content, type MenuNode, type Target } from '../../../dialog/content-model.js';
import { contentToItems, itemsToContent } from '../items/content-items.js';
import { menuFile, menuKeys, menusFolder, repliesFolder } from './content-layout.js';

export interface ExportReport {
  /** Relative to the root folder, with forward slashes. */
  written: string[];
  /** Files of an earlier state, removed, since their replies would stand twice. */
  removed: string[];
}

/**
 * Writes the content under `root` in the form that the loader reads: the same content gives the same bytes, and
 * reading it back gives the same hash. Other YAML files in the two folders of the account are removed.
 */
export async function exportContent(
  content: Content,
  root: string,
  accountId: string,
): Promise<ExportReport> {
  const files = renderContentFiles(content, accountId);
  const removed: string[] = [];
  for (const folder of [menusFolder(accountId), repliesFolder(accountId)]) {
    await mkdir(join(root, folder), { recursive: true });
    const present = (await readdir(join(root, folder))).map((name) => `${folder}/${name}`);
    removed.push(...present.filter((file) => file.endsWith('.yaml') && !files.has(file)).sort());
  }
  for (const [file, text] of files) await writeFile(join(root, file), text);
  for (const file of removed) await rm(join(root, file));
  return { written: [...files.keys()], removed };
}

/** The files of an account, by their path under the root folder. */
export function renderContentFiles(content: Content, accountId: string): Map<string, string> {
  // Parsing again puts the keys of every object into the order of the schema, wherever the content came from.
  const ordered = itemsToContent(contentToItems(contentSchema.parse(content)));
  const files = new Map<string, string>();
  for (const key of menuKeys) {
    const yaml = toYaml(ordered[key]);
    if (!NOTHING.has(yaml)) files.set(menuFile(accountId, key), yaml);
  }
  for (const [group, part] of groupReplies(ordered)) {
    files.set(`${repliesFolder(accountId)}/${group}.yaml`, toYaml(part));
  }
  return files;
}

/** A file may be absent where it would hold nothing. */
const NOTHING = new Set(['[]\n', '{}\n']);

type Group = Pick<Content, 'replies' | 'rules'>;

/** For what no node of the menu tree leads to: greetings, commands, answers found by their words alone. */
const leftoverGroup = 'general';

/**
 * One file for each node of the first level, with the replies that hang below it and the rules that lead there;
 * a reply used in several places goes with the first. A release does not know in which file a clerk once wrote it.
 */
function groupReplies(content: Content): Map<string, Group> {
  const groupOfReply = new Map<string, string>();
  const groupOfNode = new Map<string, string>();
  for (const top of content.tree) {
    for (const node of withDescendants(top)) {
      groupOfNode.set(node.id, top.id);
      if (node.reply !== undefined && !groupOfReply.has(node.reply)) groupOfReply.set(node.reply, top.id);
    }
  }
  const groups = new Map<string, Group>();
  const groupNamed = (name = leftoverGroup): Group => {
    const group = groups.get(name) ?? { replies: [], rules: [] };
    groups.set(name, group);
    return group;
  };
  const groupOf = (target: Target) => {
    if ('form' in target) return undefined;
    return 'reply' in target ? groupOfReply.get(target.reply) : groupOfNode.get(target.node);
  };
  for (const reply of content.replies) groupNamed(groupOfReply.get(reply.id)).replies.push(reply);
  for (const rule of content.rules) groupNamed(groupOf(rule.to)).rules.push(rule);
  return new Map([...groups].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function* withDescendants(node: MenuNode): Generator<MenuNode> {
  yield node;
  for (const child of node.children) yield* withDescendants(child);
}

/** Block style, nothing folded. Empty lists and texts inside are left out: they are the schema's defaults. */
function toYaml(value: object): string {
  return stringify(dropEmpty(value), { aliasDuplicateObjects: false, lineWidth: 0 });
}

function dropEmpty(value: object): object {
  if (Array.isArray(value)) return value.map(trimPart);
  const parts = Object.entries(value).map(([key, part]) => [key, trimPart(part)] as const);
  return Object.fromEntries(parts.filter(([, part]) => !isEmpty(part)));
}

function trimPart(part: unknown): unknown {
  return typeof part === 'object' && part !== null ? dropEmpty(part) : part;
}

function isEmpty(part: unknown): boolean {
  return part === undefined || part === '' || (Array.isArray(part) && part.length === 0);
}
