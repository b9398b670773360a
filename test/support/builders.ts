import { randomBytes, randomUUID } from 'node:crypto';
import { NodeFieldCipher, type FieldKeys } from '../../src/core/field-cipher-node.js';
import type { CitizenInput, CitizenMessage } from '../../src/core/messages.js';
import type { Exchange } from '../../src/features/conversations/exchange.js';

/** Builders for what many tests need; each result is complete and unlike any other. */

export function buildMessage(overrides: Partial<CitizenMessage> = {}): CitizenMessage {
  return {
    accountId: 'pingan-meizhou',
    openid: `o${randomUUID()}`,
    key: `m:${randomUUID()}`,
    sentAt: Date.parse('2026-11-22T01:00:00Z'),
    input: textInput('1'),
    raw: {},
    ...overrides,
  };
}

export function textInput(text: string): CitizenInput {
  return { kind: 'text', text };
}

export function buildExchange(overrides: Partial<Exchange> = {}): Exchange {
  const at = new Date('2026-11-22T01:00:00Z');
  return {
    accountId: 'pingan-meizhou',
    openid: `o${randomUUID()}`,
    key: `m:${randomUUID()}`,
    seq: 1,
    inbound: { input: textInput('1'), sentAt: at },
    answer: { now: { kind: 'text', text: '您好' }, later: [] },
    decidedBy: { step: 'frame', node: 'police' },
    stateAfter: { frame: null },
    release: 1,
    at,
    expiresAt: new Date('2099-01-01T00:00:00Z'),
    ...overrides,
  };
}

/** A cipher whose keys no other has, unless they are given. */
export function buildFieldCipher(keys: Partial<FieldKeys> = {}): NodeFieldCipher {
  return new NodeFieldCipher({ key: randomBytes(32), hashKey: randomBytes(32), ...keys });
}
