import type { Content } from '../../../dialog/content-model.js';
import type { Form } from '../../../dialog/forms/form-model.js';
import { renderContentFiles } from '../files/export-content.js';
import type { Fault } from '../files/fault.js';
import { loadContentTexts } from '../files/load-content-files.js';
import { thawContent, type FrozenContent } from '../items/frozen-content.js';
import { lintContentInSlices } from '../lint-content.js';
import type { Finding } from '../lint/finding.js';

/** Texts of YAML files by their path, such as `menus/<account>/tree.yaml`. */
export type FileTexts = Readonly<Record<string, string>>;

/** Work on the whole of a content that takes up to seconds for a large one. */
export interface ContentWork {
  /** Everything that the linter finds; `now` in milliseconds since the epoch, UTC. */
  lint(frozen: FrozenContent, now: number): Promise<Finding[]>;
  parse(files: FileTexts, accountId: string): Promise<{ content: Content } | { faults: Fault[] }>;
  render(frozen: FrozenContent, accountId: string): Promise<FileTexts>;
}

/** The work in the thread that calls: for command lines and tests, and inside the worker thread. */
export class ContentWorkHere implements ContentWork {
  readonly #forms: readonly Form[];

  constructor(forms: readonly Form[]) {
    this.#forms = forms;
  }

  async lint({ lines, hash }: FrozenContent, now: number): Promise<Finding[]> {
    return lintContentInSlices(await thawContent(lines, hash), { now, forms: this.#forms });
  }

  async parse(files: FileTexts, accountId: string): Promise<{ content: Content } | { faults: Fault[] }> {
    const loaded = await loadContentTexts(files, accountId);
    return 'faults' in loaded ? loaded : { content: loaded.content };
  }

  async render({ lines, hash }: FrozenContent, accountId: string): Promise<FileTexts> {
    return Object.fromEntries(renderContentFiles(await thawContent(lines, hash), accountId));
  }
}
