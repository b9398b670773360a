import type { Exchange } from '../../../src/features/conversations/exchange.js';
import {
  committedWithinMs,
  type JournalPosition,
  type UnansweredPage,
  type UnansweredReader,
  type UnansweredStream,
  type UnansweredText,
} from '../../../src/features/conversations/unanswered-reader.js';

/** The unanswered part of a journal in memory; the contract test holds it to the real one. */
export class UnansweredReaderFake implements UnansweredReader {
  readonly #exchanges: Exchange[] = [];

  add(exchange: Exchange): void {
    this.#exchanges.push(exchange);
  }

  async readAfter(
    stream: UnansweredStream,
    position: JournalPosition,
    now: number,
    limit: number,
  ): Promise<UnansweredPage> {
    const page = this.#exchanges
      .map((exchange, index) => ({ exchange, at: placeIn(stream, exchange), id: idOf(index) }))
      .filter(({ exchange }) => exchange.decidedBy.step === stream)
      .filter(({ at, id }) => at > position.at || (at === position.at && id > position.id))
      .filter(({ at }) => at <= now - committedWithinMs)
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
      .slice(0, limit);
    const last = page.at(-1);
    return {
      texts: page.flatMap(({ exchange }) =>
        this.#wasChosenFrom(exchange) ? [] : toUnanswered(exchange, this.#standingAt(exchange)),
      ),
      position: last ? { at: last.at, id: last.id } : null,
    };
  }

  #standingAt({ accountId, openid, seq, at }: Exchange): string | null {
    const before = this.#exchanges.find(
      (one) => one.accountId === accountId && one.openid === openid && one.seq === seq - 1,
    );
    const frame = before?.stateAfter.frame;
    if (!frame || frame.until <= at.getTime()) return null;
    return (frame.kind === 'menu' ? frame : frame.back)?.path.at(-1) ?? null;
  }

  #wasChosenFrom({ accountId, openid, seq, decidedBy }: Exchange): boolean {
    const next = this.#exchanges.find(
      (one) => one.accountId === accountId && one.openid === openid && one.seq === seq + 1,
    );
    if (decidedBy.step !== 'suggest' || next?.decidedBy.step !== 'frame') return false;
    return (next.decidedBy.node ?? next.decidedBy.reply) !== undefined;
  }
}

function toUnanswered(
  { accountId, openid, inbound, stateAfter, ...rest }: Exchange,
  standing: string | null,
): UnansweredText[] {
  const { at, expiresAt, decidedBy } = rest;
  const text = inbound.input.kind === 'text' ? inbound.input.text : undefined;
  if (text === undefined) return [];
  const shown = stateAfter.frame?.kind === 'menu' ? stateAfter.frame.shown : [];
  const offered = decidedBy.step === 'suggest' ? shown.map(({ number, ...target }) => target) : [];
  return [{ accountId, openid, text, at, offered, standing, expiresAt }];
}

function placeIn(stream: UnansweredStream, { at, stateAfter }: Exchange): number {
  return stream === 'fallback' ? at.getTime() : (stateAfter.frame?.until ?? 0);
}

function idOf(index: number): string {
  return String(index + 1).padStart(24, '0');
}
