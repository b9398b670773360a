import { describe, expect, it } from '@jest/globals';
import { phoneAddress } from '../../../src/web/phone/open-link.js';

const own = 'http://127.0.0.1:3000';

describe('a link on the phone page', () => {
  it('to our own pages opens through their sign-in, under the name by which the browser knows this machine', () => {
    const to = `${own}/h5/pingan-meizhou/sign-in?to=%2Fappointments`;
    expect(phoneAddress(`${own}/h5/pingan-meizhou/appointments`, own)).toBe(to);
    expect(phoneAddress('http://localhost:3000/h5/pingan-meizhou/appointments', own)).toBe(to);
    expect(phoneAddress(`${own}/h5/pingan-meizhou`, own)).toBe(`${own}/h5/pingan-meizhou/sign-in?to=%2F`);
  });

  it.each([
    'https://www.meizhou.gov.cn/h5/x/y',
    'http://127.0.0.1:4000/h5/x/y',
    'http://127.0.0.1:3000/console/',
    'http://127.0.0.1:3000/h5/x/sign-in?to=/data',
    'tel:0753-110',
    'not an address',
  ])('to anywhere else opens as it is: %s', (href) => {
    expect(phoneAddress(href, own)).toBe(href);
  });
});
