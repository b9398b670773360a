import { z } from 'zod';
import type { FieldKeys } from './core/field-cipher-node.js';

const fieldKey = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').toString('base64') === text && text.length === 44, {
    error: '应为 32 字节的 base64，可用 openssl rand -base64 32 生成',
  });

/** The keys that encrypt personal fields and that find them. */
export const fieldKeyEnvironment = {
  FIELD_KEY: fieldKey.optional(),
  FIELD_KEY_PREVIOUS: fieldKey.optional(),
  FIELD_HASH_KEY: fieldKey.optional(),
};

type FieldKeySettings = { [Name in keyof typeof fieldKeyEnvironment]?: string | undefined };

export function readFieldKeys(settings: FieldKeySettings): { fieldKeys?: FieldKeys } {
  const { FIELD_KEY, FIELD_KEY_PREVIOUS, FIELD_HASH_KEY } = settings;
  if (FIELD_KEY === undefined || FIELD_HASH_KEY === undefined) return {};
  return {
    fieldKeys: {
      key: Buffer.from(FIELD_KEY, 'base64'),
      hashKey: Buffer.from(FIELD_HASH_KEY, 'base64'),
      ...(FIELD_KEY_PREVIOUS && { previousKey: Buffer.from(FIELD_KEY_PREVIOUS, 'base64') }),
    },
  };
}

/** One key without the other would leave half of the personal fields to a key that lies in a file. */
export function checkFieldKeys(settings: FieldKeySettings, production: boolean, faults: string[]): void {
  const names = ['FIELD_KEY', 'FIELD_HASH_KEY'] as const;
  const missing = names.filter((name) => settings[name] === undefined);
  const because = production ? '生产环境（NODE_ENV=production）必须设置' : '两个密钥要一起设置';
  if (production || missing.length === 1) faults.push(...missing.map((name) => `${name}：${because}`));
  if (settings.FIELD_KEY_PREVIOUS !== undefined && settings.FIELD_KEY === undefined) {
    faults.push('FIELD_KEY_PREVIOUS：设了旧密钥就必须设置 FIELD_KEY');
  }
  if (settings.FIELD_KEY !== undefined && settings.FIELD_KEY === settings.FIELD_HASH_KEY) {
    faults.push('FIELD_HASH_KEY：不能与 FIELD_KEY 相同');
  }
}
