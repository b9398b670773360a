import { strFromU8, unzip, zip, type Unzipped } from 'fflate';

/** Texts of YAML files by their path, such as `menus/<account>/tree.yaml`. */
export type FileTexts = Record<string, string>;

export interface Upload {
  files: FileTexts;
  /** Names of what is no YAML and is left out. */
  ignored: string[];
  /** An archive holds the whole content; single files only replace their like. */
  isWhole: boolean;
}

/** What is read from a file of the clerk's computer. */
export type NamedFile = Pick<File, 'name' | 'arrayBuffer'>;

/** More is no content of an account; a small archive may unpack to any size. In bytes. */
const mostUnpacked = 16_000_000;
/** The names of the files that lie under `menus/`; all others lie under `replies/`. */
const menuNames = new Set([
  'settings.yaml',
  'tree.yaml',
  'buttons.yaml',
  'scenes.yaml',
  'emergency.yaml',
  'synonyms.yaml',
  'sensitive.yaml',
  'outside.yaml',
]);

export class UnreadableUpload extends Error {
  override readonly name = 'UnreadableUpload';
}

/**
 * The files that somebody has chosen, under the paths that an import knows: one archive, or several YAML files.
 * @throws UnreadableUpload with a Chinese sentence.
 */
export async function readUpload(chosen: readonly NamedFile[], accountId: string): Promise<Upload> {
  const upload: Upload = { files: {}, ignored: [], isWhole: false };
  for (const file of chosen) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (isArchive(file.name)) {
      upload.isWhole = true;
      for (const [path, part] of Object.entries(await unpack(file.name, bytes)))
        addFile(upload, path, part, accountId);
    } else {
      addFile(upload, file.name, bytes, accountId);
    }
  }
  return upload;
}

/** The files of an account as one archive. */
export function packFiles(files: Readonly<FileTexts>): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const parts = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, encoder.encode(text)]));
  return new Promise((resolve, reject) => {
    zip(parts, (error, packed) => (error ? reject(error) : resolve(Uint8Array.from(packed))));
  });
}

function isArchive(name: string): boolean {
  return name.toLowerCase().endsWith('.zip');
}

function addFile(upload: Upload, path: string, bytes: Uint8Array, accountId: string): void {
  if (path.endsWith('/')) return;
  const name = path.split('/').at(-1) ?? path;
  if (!/\.ya?ml$/i.test(name) || name.startsWith('.') || path.startsWith('__MACOSX/')) {
    upload.ignored.push(path);
    return;
  }
  upload.files[placeOf(path, name, accountId)] = strFromU8(bytes);
}

/** An archive may hold a folder around everything; a file by itself has no folder at all. */
function placeOf(path: string, name: string, accountId: string): string {
  const known = /(?:^|\/)((?:menus|replies)\/[^/]+\/[^/]+)$/.exec(path)?.[1];
  if (known !== undefined) return known;
  return `${menuNames.has(name) ? 'menus' : 'replies'}/${accountId}/${name}`;
}

function unpack(name: string, bytes: Uint8Array): Promise<Unzipped> {
  let unpacked = 0;
  return new Promise((resolve, reject) => {
    const filter = ({ originalSize }: { originalSize: number }) => (unpacked += originalSize) <= mostUnpacked;
    unzip(bytes, { filter }, (error, files) => {
      if (error) reject(new UnreadableUpload(`“${name}”不是完好的 zip 压缩包`));
      else if (unpacked > mostUnpacked) reject(new UnreadableUpload(`“${name}”里的内容太大`));
      else resolve(files);
    });
  });
}
