import { isUtf8 } from 'node:buffer';
import type { z } from 'zod';
import { describeError } from '../../../core/errors.js';
import type { Content, KeywordRule, ReplyContent } from '../../../dialog/content-model.js';
import { fileLimits } from '../content-limits.js';
import { checkIds } from '../lint/check-structure.js';
import type { ContentPath } from '../lint/finding.js';
import { placeNodes } from '../lint/lint-subject.js';
import {
  menuFile,
  menuKeys,
  menuSchemas,
  menusFolder,
  repliesFileSchema,
  repliesFolder,
} from './content-layout.js';
import { FilesInMemory, FilesOnDisk, type ContentFiles } from './content-files.js';
import { faultSentences, type FaultRule } from './fault-sentences.js';
import type { Fault, Position } from './fault.js';
import { describeIssues } from './schema-faults.js';
import { parseYamlFile, type YamlFile } from './yaml-file.js';

export interface LoadedContent {
  content: Content;
  /** Where a piece of the content stands in the files. */
  locate(path: ContentPath): Position;
}

/**
 * Reads the content of an account from the YAML files under `root`; see content-layout.ts for where they lie.
 * Hidden files are passed over.
 *
 * @returns the content, or every fault of every file at once.
 */
export function loadContentFiles(
  root: string,
  accountId: string,
): Promise<LoadedContent | { faults: Fault[] }> {
  return loadContent(new FilesOnDisk(root), accountId);
}

/**
 * The same from texts by their path, such as `menus/<account>/tree.yaml`.
 *
 * @returns the content, or every fault of every file at once; a file in no known place is a fault too.
 */
export function loadContentTexts(
  texts: Readonly<Record<string, string>>,
  accountId: string,
): Promise<LoadedContent | { faults: Fault[] }> {
  return loadContent(new FilesInMemory(texts), accountId);
}

async function loadContent(
  files: ContentFiles,
  accountId: string,
): Promise<LoadedContent | { faults: Fault[] }> {
  const loader = new ContentLoader(files);
  await loader.refuseElsewhere([menusFolder(accountId), repliesFolder(accountId)]);
  const menus = await loader.readMenus(accountId);
  const { replies, rules } = await loader.readReplies(accountId);
  const { settings, tree, buttons, scenes, emergency, synonyms, sensitive, outside } = menus;
  loader.refuseRepeatedIds({ tree: tree ?? [], scenes: scenes ?? [], replies, rules });
  if (
    loader.faults.length > 0 ||
    !settings ||
    !tree ||
    !buttons ||
    !scenes ||
    !emergency ||
    !synonyms ||
    !outside ||
    !sensitive
  ) {
    return { faults: loader.faults };
  }
  return {
    content: { settings, tree, buttons, scenes, emergency, synonyms, sensitive, outside, replies, rules },
    locate: (path) => loader.locate(path),
  };
}

type Identified = Pick<Content, 'tree' | 'scenes' | 'replies' | 'rules'>;

/** One load: the faults so far, and which file holds which part. */
class ContentLoader {
  readonly faults: Fault[] = [];
  readonly #files: ContentFiles;
  #bytes = 0;
  /**
   * For the path of each part in the content, the file and the path there: `replies.12` → general.yaml, `replies.3`.
   */
  readonly #origins = new Map<string, { file: YamlFile; base: ContentPath }>();

  constructor(files: ContentFiles) {
    this.#files = files;
  }

  async refuseElsewhere(folders: readonly string[]): Promise<void> {
    for (const file of await this.#files.listOutside(folders)) {
      this.#refuse(file, 'unknown_file', faultSentences.unknown_file());
    }
  }

  async readMenus(accountId: string) {
    const known = menuKeys.map((key) => menuFile(accountId, key));
    const present = await this.#list(menusFolder(accountId));
    for (const file of present) {
      if (!known.includes(file)) this.#refuse(file, 'unknown_file', faultSentences.unknown_file());
    }
    const read = async <S extends z.ZodType>(key: (typeof menuKeys)[number], schema: S) => {
      const file = menuFile(accountId, key);
      if (present.includes(file))
        return this.#read(file, schema, (yaml) => this.#origins.set(key, { file: yaml, base: [] }));
      const absent = schema.safeParse(undefined);
      if (absent.success) return absent.data;
      this.#refuse(file, 'missing_file', faultSentences.missing_file());
      return undefined;
    };
    return {
      settings: await read('settings', menuSchemas.settings),
      tree: await read('tree', menuSchemas.tree),
      buttons: await read('buttons', menuSchemas.buttons),
      scenes: await read('scenes', menuSchemas.scenes),
      emergency: await read('emergency', menuSchemas.emergency),
      synonyms: await read('synonyms', menuSchemas.synonyms),
      outside: await read('outside', menuSchemas.outside),
      sensitive: await read('sensitive', menuSchemas.sensitive),
    };
  }

  async readReplies(accountId: string): Promise<{ replies: ReplyContent[]; rules: KeywordRule[] }> {
    const collected: { replies: ReplyContent[]; rules: KeywordRule[] } = { replies: [], rules: [] };
    const folder = repliesFolder(accountId);
    for (const file of await this.#list(folder)) {
      if (!file.endsWith('.yaml')) {
        this.#refuse(file, 'unknown_file', faultSentences.unknown_file());
        continue;
      }
      const part = await this.#read(file, repliesFileSchema, (yaml, value) => {
        this.#rememberItems('replies', collected.replies.length, value.replies.length, yaml);
        this.#rememberItems('rules', collected.rules.length, value.rules.length, yaml);
      });
      collected.replies.push(...(part?.replies ?? []));
      collected.rules.push(...(part?.rules ?? []));
    }
    if (collected.replies.length === 0 && this.faults.length === 0) {
      this.#refuse(folder, 'no_replies', faultSentences.no_replies());
    }
    return collected;
  }

  refuseRepeatedIds(content: Identified): void {
    const nodes = [...placeNodes(content.tree, ['tree'])];
    for (const { where, message } of checkIds({ content, nodes })) {
      this.faults.push({ ...this.locate(where.path), rule: 'duplicate_id', message });
    }
  }

  locate(path: ContentPath): Position {
    const [key = '', index = '', ...rest] = path;
    const item = this.#origins.get(`${key}.${index}`);
    if (item) return item.file.locate([...item.base, ...rest]);
    const whole = this.#origins.get(String(key));
    return whole ? whole.file.locate(path.slice(1)) : { file: '', line: 1, column: 1 };
  }

  async #list(folder: string): Promise<string[]> {
    try {
      const names = await this.#files.list(folder);
      return names
        .filter((name) => !name.startsWith('.'))
        .sort()
        .map((name) => `${folder}/${name}`);
    } catch (error) {
      this.#refuse(folder, 'unreadable_file', faultSentences.unreadable_file(describeError(error)));
      return [];
    }
  }

  async #read<S extends z.ZodType>(
    file: string,
    schema: S,
    remember: (yaml: YamlFile, value: z.output<S>) => void,
  ): Promise<z.output<S> | undefined> {
    const text = await this.#readText(file);
    if (text === undefined) return undefined;
    const yaml = parseYamlFile(file, text);
    if ('faults' in yaml) {
      this.faults.push(...yaml.faults);
      return undefined;
    }
    const parsed = schema.safeParse(yaml.value, { reportInput: true });
    if (!parsed.success) {
      this.faults.push(...describeIssues(parsed.error.issues, yaml));
      return undefined;
    }
    remember(yaml, parsed.data);
    return parsed.data;
  }

  async #readText(file: string): Promise<string | undefined> {
    try {
      const size = await this.#files.sizeOf(file);
      this.#bytes += size;
      if (size > fileLimits.fileBytes || this.#bytes > fileLimits.totalBytes) {
        const limit = size > fileLimits.fileBytes ? fileLimits.fileBytes : fileLimits.totalBytes;
        this.#refuse(file, 'file_too_large', faultSentences.file_too_large(limit));
        return undefined;
      }
      const bytes = await this.#files.read(file);
      if (isUtf8(bytes)) return bytes.toString('utf8');
      this.#refuse(file, 'not_utf8', faultSentences.not_utf8());
    } catch (error) {
      this.#refuse(file, 'unreadable_file', faultSentences.unreadable_file(describeError(error)));
    }
    return undefined;
  }

  #rememberItems(list: 'replies' | 'rules', offset: number, count: number, file: YamlFile): void {
    for (let index = 0; index < count; index++) {
      this.#origins.set(`${list}.${offset + index}`, { file, base: [list, index] });
    }
  }

  #refuse(file: string, rule: FaultRule, message: string): void {
    this.faults.push({ file, line: 1, column: 1, rule, message });
  }
}
