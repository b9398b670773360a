import { connect, type Socket } from 'node:net';
import { ResponseReader } from './response-reader.js';

/** Told what becomes of the request that a connection carries. */
export interface ConnectionOwner {
  onAnswer(connection: LoadConnection, status: number, body: Buffer): void;
  /** The connection broke with a request under way, or the response was not HTTP. */
  onBroken(connection: LoadConnection): void;
}

/** One keep-alive connection with at most one request under way; it reconnects by itself. */
export class LoadConnection {
  /** Which message of the batch is under way; -1 when none is. */
  message = -1;
  readonly #port: number;
  readonly #owner: ConnectionOwner;
  #reader = new ResponseReader();
  #socket: Socket;
  #closed = false;

  constructor(port: number, owner: ConnectionOwner) {
    this.#port = port;
    this.#owner = owner;
    this.#socket = this.#open();
  }

  send(message: number, request: Buffer): void {
    if (this.#socket.destroyed) this.#socket = this.#open();
    this.message = message;
    this.#socket.write(request);
  }

  close(): void {
    this.#closed = true;
    this.#socket.destroy();
  }

  #open(): Socket {
    this.#reader = new ResponseReader();
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.on('data', (chunk) => this.#onData(socket, chunk));
    // What an error says does not matter to the measure; that the request got no answer does, and `close` tells it.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#onClose(socket));
    return socket;
  }

  #onData(socket: Socket, chunk: Buffer): void {
    try {
      if (!this.#reader.push(chunk)) return;
    } catch {
      socket.destroy();
      return;
    }
    this.#owner.onAnswer(this, this.#reader.status, this.#reader.body);
  }

  #onClose(socket: Socket): void {
    if (this.#closed || socket !== this.#socket || this.message === -1) return;
    this.#owner.onBroken(this);
  }
}
