import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { ApiError } from '../../../../src/web/shared/api-error.js';
import { addressOf, apiAccess, defineCall } from '../../../../src/web/console/shared/define-call.js';

const read = defineCall({
  method: 'get',
  path: '/accounts/:accountId/items/:id',
  query: z.object({ text: z.string().optional(), limit: z.coerce.number() }),
  response: z.object({ title: z.string() }),
});
const change = defineCall({ method: 'put', path: '/password', body: z.object({ next: z.string() }) });
const params = { accountId: 'a/b', id: '1' };

const fetched = jest.spyOn(globalThis, 'fetch');
beforeEach(() => {
  apiAccess.csrfToken = 'token';
  apiAccess.onRefusal = () => undefined;
});
afterEach(() => void fetched.mockReset());

function answer(status: number, body?: unknown): void {
  fetched.mockResolvedValue(new Response(body === undefined ? null : JSON.stringify(body), { status }));
}

function sent(): { address: unknown; init: RequestInit } {
  const [address, init] = fetched.mock.calls[0] ?? [];
  return { address, init: init ?? {} };
}

describe('a call of the staff API', () => {
  it('fills the path, leaves out what is not given, and gives back what the schema lets through', async () => {
    answer(200, { title: '身份证', secret: 'x' });
    expect(await read({ params, query: { text: undefined, limit: 5 } })).toEqual({ title: '身份证' });
    expect(sent().address).toBe('/api/v1/accounts/a%2Fb/items/1?limit=5');
    expect(sent().init.headers).toEqual({});
  });

  it('sends a mutation as JSON with the token against forgery', async () => {
    answer(204);
    expect(await change({ body: { next: 'n' } })).toBeUndefined();
    expect(sent().init).toMatchObject({
      method: 'PUT',
      headers: { 'X-CSRF-Token': 'token', 'Content-Type': 'application/json' },
      body: '{"next":"n"}',
    });
  });

  it('tells what the server refused, field by field, and tells the session first', async () => {
    const told: string[] = [];
    apiAccess.onRefusal = ({ code }) => void told.push(code);
    answer(400, {
      error: {
        code: 'invalid_request',
        message: '有 1 处没有填对',
        details: { fields: [{ path: 'body.next', code: 'too_small', message: '太短' }] },
      },
    });
    const error = await change({ body: { next: '' } }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 400, code: 'invalid_request', message: '有 1 处没有填对' });
    expect((error as ApiError).fieldFaults).toEqual({ 'body.next': '太短' });
    expect(told).toEqual(['invalid_request']);
  });

  it('says in Chinese that the server cannot be reached, or does not answer as expected', async () => {
    fetched.mockRejectedValue(new TypeError('fetch failed'));
    await expect(read({ params, query: { limit: 1 } })).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('检查网络'),
    });
    answer(200, { title: 7 });
    await expect(read({ params, query: { limit: 1 } })).rejects.toMatchObject({ code: 'unreadable' });
    fetched.mockResolvedValue(new Response('<html>502</html>', { status: 502 }));
    await expect(read({ params, query: { limit: 1 } })).rejects.toMatchObject({
      status: 502,
      code: 'unreadable',
    });
  });

  it('that nobody waits for any more is no fault', async () => {
    const gone = new DOMException('', 'AbortError');
    fetched.mockRejectedValue(gone);
    const nobody = AbortSignal.abort(gone);
    await expect(read({ params, query: { limit: 1 } }, nobody)).rejects.toBe(gone);
  });
});

it('the address of a file carries its filter', () => {
  expect(
    addressOf('/accounts/:accountId/export', { accountId: 'a' }, { format: 'csv', text: '', to: undefined }),
  ).toBe('/api/v1/accounts/a/export?format=csv');
});
