/** A response that breaks HTTP, or uses what the reader does not know. */
export class MalformedResponse extends Error {}

const headEnd = Buffer.from('\r\n\r\n');

/**
 * Reads the responses of one keep-alive connection that never has two requests under way. As cheap as can be,
 * since on a small machine the client competes with the server: one scan of the head, no copy of the body.
 */
export class ResponseReader {
  status = 0;
  /** The body of the last complete response. A view: it is valid until the next push. */
  body: Buffer = Buffer.alloc(0);
  #pending: Buffer | null = null;

  /**
   * Takes what the socket brought; true once the response is complete, and the reader ready for the next one.
   * @throws MalformedResponse
   */
  push(chunk: Buffer): boolean {
    const bytes = this.#pending === null ? chunk : Buffer.concat([this.#pending, chunk]);
    const complete = this.#read(bytes);
    this.#pending = complete ? null : bytes;
    return complete;
  }

  #read(bytes: Buffer): boolean {
    const end = bytes.indexOf(headEnd);
    if (end === -1) return false;
    const head = bytes.toString('latin1', 0, end);
    if (!head.startsWith('HTTP/1.1 ')) throw new MalformedResponse('not an HTTP/1.1 response');
    this.status = Number(head.slice(9, 12));
    const bodyStart = end + headEnd.length;
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length !== undefined) return this.#readSized(bytes, bodyStart, Number(length));
    if (/\r\ntransfer-encoding: *chunked/i.test(head)) return this.#readChunked(bytes, bodyStart);
    if (this.status === 204) return this.#readSized(bytes, bodyStart, 0);
    throw new MalformedResponse('a response without a length');
  }

  #readSized(bytes: Buffer, start: number, length: number): boolean {
    if (bytes.length < start + length) return false;
    if (bytes.length > start + length) throw new MalformedResponse('more bytes than the response has');
    this.body = bytes.subarray(start, start + length);
    return true;
  }

  #readChunked(bytes: Buffer, start: number): boolean {
    const parts: Buffer[] = [];
    for (let at = start; ;) {
      const lineEnd = bytes.indexOf('\r\n', at);
      if (lineEnd === -1) return false;
      const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
      if (Number.isNaN(size)) throw new MalformedResponse('a chunk without a size');
      const next = lineEnd + 2 + size + 2;
      if (bytes.length < next) return false;
      if (size === 0) break;
      parts.push(bytes.subarray(lineEnd + 2, next - 2));
      at = next;
    }
    const [only] = parts;
    this.body = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
    return true;
  }
}
