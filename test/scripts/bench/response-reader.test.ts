import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, nat, property } from 'fast-check';
import { MalformedResponse, ResponseReader } from '../../../scripts/bench/load/response-reader.js';

const sized = 'HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\nContent-Length: 12\r\n\r\n<xml>你</xml>'.replace(
  '12',
  '14',
);
const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<xml>\r\n6\r\n</xml>\r\n0\r\n\r\n';

describe('ResponseReader', () => {
  it('reads a response with a length', () => {
    const reader = new ResponseReader();
    expect(reader.push(Buffer.from(sized))).toBe(true);
    expect([reader.status, reader.body.toString()]).toEqual([200, '<xml>你</xml>']);
  });

  it('reads a response in chunks', () => {
    const reader = new ResponseReader();
    expect(reader.push(Buffer.from(chunked))).toBe(true);
    expect(reader.body.toString()).toBe('<xml></xml>');
  });

  it('reads the next response of the same connection', () => {
    const reader = new ResponseReader();
    reader.push(Buffer.from(chunked));
    reader.push(Buffer.from('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n'));
    expect([reader.status, reader.body.length]).toEqual([503, 0]);
  });

  it('reads the same however the network cuts it', () => {
    assert(
      property(constantFrom(sized, chunked), array(nat(120), { maxLength: 6 }), (response, cuts) => {
        const bytes = Buffer.from(response);
        const places = [...new Set([...cuts.filter((cut) => cut > 0 && cut < bytes.length), bytes.length])];
        const reader = new ResponseReader();
        let from = 0;
        const completed = places
          .sort((one, other) => one - other)
          .map((to) => {
            const complete = reader.push(bytes.subarray(from, to));
            from = to;
            return complete;
          });
        expect(completed.lastIndexOf(true)).toBe(completed.length - 1);
        expect(completed.indexOf(true)).toBe(completed.length - 1);
        expect(reader.body.toString()).toMatch(/^<xml>.?<\/xml>$/);
      }),
    );
  });

  it.each([
    ['bytes that are not HTTP', 'SSH-2.0-OpenSSH\r\n\r\n'],
    ['a response without a length', 'HTTP/1.1 200 OK\r\n\r\nhello'],
    ['more bytes than were announced', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nhello'],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ])('refuses %s', (_, response) => {
    expect(() => new ResponseReader().push(Buffer.from(response))).toThrow(MalformedResponse);
  });
});
