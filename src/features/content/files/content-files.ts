import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the files of content are read from. Paths are relative to the root folder, with forward slashes. */
export interface ContentFiles {
  /** Names, not paths. @throws when there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** Files in no folder of these, as far as that matters. */
  listOutside(folders: readonly string[]): Promise<string[]>;
  /** In bytes. */
  sizeOf(file: string): Promise<number>;
  read(file: string): Promise<Buffer>;
}

/** A folder may hold several accounts and much else. */
export class FilesOnDisk implements ContentFiles {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  list(folder: string): Promise<string[]> {
    return readdir(join(this.#root, folder));
  }

  async listOutside(): Promise<string[]> {
    return [];
  }

  async sizeOf(file: string): Promise<number> {
    return (await stat(join(this.#root, file))).size;
  }

  read(file: string): Promise<Buffer> {
    return readFile(join(this.#root, file));
  }
}

/** Texts by their path: everything that was sent is meant for the one account. */
export class FilesInMemory implements ContentFiles {
  readonly #bytes: ReadonlyMap<string, Buffer>;

  constructor(texts: Readonly<Record<string, string>>) {
    this.#bytes = new Map(Object.entries(texts).map(([file, text]) => [file, Buffer.from(text)]));
  }

  async list(folder: string): Promise<string[]> {
    return [...this.#bytes.keys()]
      .filter((file) => folderOf(file) === folder)
      .map((file) => file.slice(folder.length + 1));
  }

  async listOutside(folders: readonly string[]): Promise<string[]> {
    return [...this.#bytes.keys()].filter((file) => !folders.includes(folderOf(file)));
  }

  async sizeOf(file: string): Promise<number> {
    return (await this.read(file)).length;
  }

  async read(file: string): Promise<Buffer> {
    const bytes = this.#bytes.get(file);
    if (!bytes) throw new Error(`no file ${file}`);
    return bytes;
  }
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}
