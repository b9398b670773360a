import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../src/config.js';
import { OperationalError } from '../src/core/errors.js';

const account = {
  WECHAT_APPID: 'wx0123456789abcdef',
  WECHAT_SECRET: 's'.repeat(32),
  WECHAT_TOKEN: 'token123',
  WECHAT_AES_KEY: 'a'.repeat(43),
};

const fieldKey = Buffer.alloc(32, 1).toString('base64');
const otherFieldKey = Buffer.alloc(32, 2).toString('base64');

describe('the settings', () => {
  it('need nothing: the sandbox and the embedded database take the place of what is not set', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ sandbox: true, host: '127.0.0.1', port: 3000, accounts: [] });
    expect(config.mongodbUri).toBeUndefined();
    expect([...config.roles]).toEqual(['web', 'worker']);
  });

  it('serve the account that is set, and then no sandbox', () => {
    expect(readConfig(account)).toMatchObject({
      sandbox: false,
      host: '0.0.0.0',
      accounts: [{ accountId: 'pingan-meizhou', appId: 'wx0123456789abcdef', messageMode: 'safe' }],
    });
  });

  it('take an empty value as not set', () => {
    expect(readConfig({ PORT: '', WECHAT_APPID: '' })).toMatchObject({ port: 3000, sandbox: true });
  });

  it('hold the keys for personal fields, with the one before the last change', () => {
    const keys = { FIELD_KEY: fieldKey, FIELD_HASH_KEY: otherFieldKey, FIELD_KEY_PREVIOUS: otherFieldKey };
    expect(readConfig(keys).fieldKeys).toEqual({
      key: Buffer.alloc(32, 1),
      hashKey: Buffer.alloc(32, 2),
      previousKey: Buffer.alloc(32, 2),
    });
    expect(readConfig({}).fieldKeys).toBeUndefined();
  });

  it('hold the templates for notices, with the keywords that they name and the usual ones for the rest', () => {
    const template = 'template-id-1,service=thing7, note=thing9';
    const { accounts } = readConfig({
      ...account,
      WECHAT_TEMPLATE_APPOINTMENT: template,
      WECHAT_TEMPLATE_ACTIVITY: 'template-id-2,place=thing5',
    });
    expect(accounts[0]?.templates).toEqual({
      appointment: {
        id: 'template-id-1',
        keywords: { service: 'thing7', venue: 'thing2', time: 'time3', note: 'thing9' },
      },
      activity: {
        id: 'template-id-2',
        keywords: { activity: 'thing1', place: 'thing5', time: 'time3', note: 'thing4' },
      },
    });
  });

  it('run the roles that are asked for', () => {
    expect([...readConfig({}, ['--roles', 'worker']).roles]).toEqual(['worker']);
    expect([...readConfig({}, ['--roles=web']).roles]).toEqual(['web']);
  });

  it('name everything that is wrong in one report, each thing once', () => {
    const faults = faultsOf(
      {
        NODE_ENV: 'production',
        PORT: 'abc',
        SANDBOX: 'on',
        WECHAT_APPID: 'nonsense',
        WECHAT_TOKEN: 'token123',
      },
      ['--roles', 'cook'],
    );
    expect(faults.map((fault) => fault.split('：')[0])).toEqual([
      'PORT',
      'WECHAT_APPID',
      '--roles',
      'MONGODB_URI',
      'FIELD_KEY',
      'FIELD_HASH_KEY',
      'SANDBOX',
    ]);
  });

  it.each([
    ['an account without its secret', { WECHAT_APPID: account.WECHAT_APPID }, 'WECHAT_SECRET'],
    ['safe mode without a key', { ...account, WECHAT_AES_KEY: '' }, 'pingan-meizhou'],
    ['a key that cannot be one', { ...account, WECHAT_AES_KEY: 'short' }, 'WECHAT_AES_KEY'],
    ['production without a database', { ...account, NODE_ENV: 'production' }, 'MONGODB_URI'],
    [
      'a sandbox in production',
      { ...account, NODE_ENV: 'production', SANDBOX: 'on', MONGODB_URI: 'mongodb://db/x' },
      'SANDBOX',
    ],
    ['neither account nor sandbox', { SANDBOX: 'off' }, 'WECHAT_APPID'],
    ['one key for personal fields without the other', { FIELD_KEY: fieldKey }, 'FIELD_HASH_KEY'],
    ['a key for personal fields of another length', { FIELD_KEY: 'c2hvcnQ=' }, 'FIELD_KEY'],
    ['one key for two purposes', { FIELD_KEY: fieldKey, FIELD_HASH_KEY: fieldKey }, 'FIELD_HASH_KEY'],
    ['an old key without a new one', { FIELD_KEY_PREVIOUS: fieldKey }, 'FIELD_KEY_PREVIOUS'],
    [
      'a template with an unknown field',
      { ...account, WECHAT_TEMPLATE_APPOINTMENT: 'template-id-1,colour=thing1' },
      'WECHAT_TEMPLATE_APPOINTMENT',
    ],
    [
      'a template for activities with a field of appointments',
      { ...account, WECHAT_TEMPLATE_ACTIVITY: 'template-id-1,service=thing1' },
      'WECHAT_TEMPLATE_ACTIVITY',
    ],
    [
      'a template without an id',
      { ...account, WECHAT_TEMPLATE_APPOINTMENT: 'service=thing1' },
      'WECHAT_TEMPLATE_APPOINTMENT',
    ],
    [
      'a file of accounts that is not there',
      { WECHAT_ACCOUNTS_FILE: '/nowhere.json' },
      'WECHAT_ACCOUNTS_FILE',
    ],
  ])('refuse %s', (_name, environment, named) => {
    expect(faultsOf(environment).some((fault) => fault.startsWith(named))).toBe(true);
  });
});

function faultsOf(environment: NodeJS.ProcessEnv, args: string[] = []): string[] {
  try {
    readConfig(environment, args);
  } catch (error) {
    if (error instanceof OperationalError && error.code === 'bad_settings')
      return error.details['faults'] as string[];
    throw error;
  }
  throw new Error('these settings were accepted');
}
