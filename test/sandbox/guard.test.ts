import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import Koa, { type Context } from 'koa';
import { requireLocalNames, requireLoopback } from '../../src/sandbox/guard.js';

const next = async () => undefined;

function request(headers: Record<string, string>, remoteAddress?: string): Context {
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress });
  const incoming = Object.assign(new IncomingMessage(socket), { headers });
  return new Koa().createContext(incoming, new ServerResponse(incoming));
}

describe('the loopback guard', () => {
  const from = (address: string | undefined) => requireLoopback()(request({}, address), next);

  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('lets %s in', async (address) => {
    await expect(from(address)).resolves.toBeUndefined();
  });

  it.each(['10.0.0.5', '::ffff:10.0.0.5', 'fe80::1', '', undefined])('refuses %s', async (address) => {
    await expect(from(address)).rejects.toMatchObject({ status: 403, code: 'local_only' });
  });
});

describe('the guard of names', () => {
  const named = (headers: Record<string, string>) => requireLocalNames()(request(headers), next);

  it.each([
    { host: 'localhost:3000' },
    { host: '127.0.0.1:3000', origin: 'http://localhost:3000' },
    { host: '[::1]:3000', origin: 'http://[::1]:3000' },
  ])('accepts %j', async (headers) => {
    await expect(named(headers)).resolves.toBeUndefined();
  });

  it.each([
    {},
    { host: 'rebound.example:3000' },
    { host: '127.0.0.1.example' },
    { host: 'localhost:3000', origin: 'https://evil.example' },
    { host: 'localhost:3000', origin: 'null' },
  ])('refuses %j', async (headers: Record<string, string>) => {
    await expect(named(headers)).rejects.toMatchObject({ status: 403 });
  });
});
