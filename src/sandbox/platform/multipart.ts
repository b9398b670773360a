/** One file of a `multipart/form-data` body. */
export interface FilePart {
  name: string;
  fileName: string;
  bytes: Buffer;
}

const lineEnd = '\r\n';
const headEnd = Buffer.from('\r\n\r\n');

/** The files of a body, RFC 7578; parts that are no files are passed over. Nothing for a body of another kind. */
export function readFileParts(contentType: string, body: Buffer): FilePart[] {
  const boundary = /^multipart\/form-data;.*?boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  const parts: FilePart[] = [];
  const delimiter = Buffer.from(`--${boundary}`);
  let start = body.indexOf(delimiter);
  while (start !== -1) {
    const from = start + delimiter.length;
    const next = body.indexOf(delimiter, from);
    if (next === -1) break;
    const part = readPart(body.subarray(from + lineEnd.length, next - lineEnd.length));
    if (part) parts.push(part);
    start = next;
  }
  return parts;
}

function readPart(part: Buffer): FilePart | undefined {
  const end = part.indexOf(headEnd);
  const head = end === -1 ? '' : part.toString('utf8', 0, end);
  const name = /\bname="([^"]*)"/i.exec(head)?.[1];
  const fileName = /\bfilename="([^"]*)"/i.exec(head)?.[1];
  if (name === undefined || fileName === undefined) return undefined;
  return { name, fileName, bytes: part.subarray(end + headEnd.length) };
}
