import { describe, expect, it } from '@jest/globals';
import type { Context } from 'koa';
import { requireLocalNames, requireLoopback } from '../../src/sandbox/guard.js';

const next = async () => undefined;

describe('the loopback guard', () => {
  const from = (remoteAddress: string | undefined) =>
    requireLoopback()({ req: { socket: { remoteAddress } } } as unknown as Context, next);

  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('lets %s in', async (address) => {
    await expect(from(address)).resolves.toBeUndefined();
  });

  it.each(['10.0.0.5', '::ffff:10.0.0.5', 'fe80::1', '', undefined])('refuses %s', async (address) => {
    await expect(from(address)).rejects.toMatchObject({ status: 403, code: 'local_only' });
  });
});

describe('the guard of names', () => {
  const named = (headers: Record<string, string>) =>
    requireLocalNames()({ get: (name: string) => headers[name] ?? '' } as unknown as Context, next);

  it.each([
    { Host: 'localhost:3000' },
    { Host: '127.0.0.1:3000', Origin: 'http://localhost:3000' },
    { Host: '[::1]:3000', Origin: 'http://[::1]:3000' },
  ])('accepts %j', async (headers) => {
    await expect(named(headers)).resolves.toBeUndefined();
  });

  it.each([
    {},
    { Host: 'rebound.example:3000' },
    { Host: '127.0.0.1.example' },
    { Host: 'localhost:3000', Origin: 'https://evil.example' },
    { Host: 'localhost:3000', Origin: 'null' },
  ])('refuses %j', async (headers: Record<string, string>) => {
    await expect(named(headers)).rejects.toMatchObject({ status: 403 });
  });
});
