import { z } from 'zod';

/** What single settings must look like, with what is said where they do not. */
export const aesKey = z.string().regex(/^[A-Za-z0-9]{43}$/, '应为 43 个字母或数字（EncodingAESKey）');
export const appId = z.string().regex(/^wx[0-9a-zA-Z]{6,30}$/, '应以 wx 开头');
export const token = z.string().regex(/^[A-Za-z0-9]{3,32}$/, '应为 3–32 个字母或数字');
export const webAddress = z.url({ protocol: /^https?$/, error: '应为 http(s) 地址' });

export function whole(least: number, most: number) {
  const error = `应为 ${least}–${most} 的整数`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

export function oneOf<const Values extends readonly string[]>(...values: Values) {
  return z.enum(values, { error: `应为 ${values.join('、')} 之一` });
}
