import { foldUsername } from './staff-member.js';
import { staffTexts } from './staff-texts.js';

const leastLength = 12;
const mostLength = 128;
const leastDifferent = 5;

/**
 * Why the password will not do, as a sentence; null when it will.
 * NIST SP 800-63B: length and a list of the worst, no rules about kinds of characters.
 */
export function findPasswordFault(password: string, username: string): string | null {
  const characters = Array.from(password);
  if (characters.length < leastLength) return staffTexts.passwordTooShort(leastLength);
  if (characters.length > mostLength) return staffTexts.passwordTooLong(mostLength);
  const folded = foldUsername(password);
  if (folded.includes(foldUsername(username))) return staffTexts.passwordHoldsUsername;
  if (new Set(folded).size < leastDifferent || worst.has(folded)) return staffTexts.passwordTooCommon;
  return null;
}

/** Those of twelve characters and more that lead the lists of passwords that were stolen, and the ones used here. */
const worst = new Set([
  '123456789012',
  '1234567890123',
  '12345678901234',
  '0123456789012',
  '012345678910',
  '123456789abc',
  '1234567890ab',
  '1234567890qwe',
  '123456abcdef',
  '123qweasdzxc',
  '12qwaszx34erdfcv',
  '1q2w3e4r5t6y',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc',
  '1qaz2wsx3edc4rfv',
  '1qazxsw23edc',
  'a1234567890b',
  'a12345678901',
  'a123456789012',
  'abc123456789',
  'abcd12345678',
  'abcdefg12345',
  'abcdefghijkl',
  'abcdefghijklm',
  'admin1234567',
  'admin12345678',
  'admin@123456',
  'administrator',
  'administrator1',
  'asdfghjkl123',
  'asdfghjkl1234',
  'changeme1234',
  'iloveyou1234',
  'letmein12345',
  'p@ssw0rd1234',
  'passw0rd1234',
  'password1234',
  'password12345',
  'password123456',
  'password@123',
  'passwordpassword',
  'q1w2e3r4t5y6',
  'qazwsxedc123',
  'qazwsxedcrfv',
  'qwer12345678',
  'qwerty123456',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwertyuiopasdfghjkl',
  'suishen12345',
  'suishen123456',
  'wechat123456',
  'weixin123456',
  'welcome12345',
  'woaini1314520',
  'woaini5201314',
  'woaiwojia123',
  'zhengwu12345',
  'zxcvbnm12345',
  'zxcvbnm123456',
]);
