import { describe, expect, it } from '@jest/globals';
import { appointmentKeywords } from '../../../src/core/notice-template.js';
import { testAccount, testPlatform, type PlatformAnswer, type TestPlatform } from '../fixture.js';

function list(platform: TestPlatform): Record<string, unknown>[] {
  const { template_list: templates } = platform.call('GET', '/cgi-bin/template/get_all_private_template');
  return templates as Record<string, unknown>[];
}

function add(platform: TestPlatform, body: Record<string, unknown> = {}): PlatformAnswer {
  const template = { template_id_short: 'service-reminder', ...body };
  return platform.call('POST', '/cgi-bin/template/api_add_template', template);
}

function send(platform: TestPlatform, overrides: Record<string, unknown> = {}): PlatformAnswer {
  return platform.call('POST', '/cgi-bin/message/template/send', {
    touser: platform.citizen.openid,
    template_id: 'sandbox-service-reminder',
    data: {
      thing1: { value: '身份证换领' },
      phrase2: { value: '已制证' },
      time3: { value: '2026年3月2日 10:00' },
      thing4: { value: '请凭回执领取' },
    },
    ...overrides,
  });
}

describe('the templates of an account', () => {
  it('are, from the start, the one for appointments and what a police account needs for notices', () => {
    const account = {
      ...testAccount(),
      templates: { appointment: { id: 'template-appointment', keywords: appointmentKeywords } },
    };
    expect(list(testPlatform({ accounts: [{ account, name: '平安梅州' }] }))).toMatchObject([
      { template_id: 'template-appointment', title: '预约通知' },
      { title: '业务办理提醒' },
      { title: '服务中断通知' },
      { title: '安全预警通知' },
    ]);
  });

  it('are described in the platform’s own format', () => {
    expect(list(testPlatform())[0]).toEqual({
      template_id: 'sandbox-service-reminder',
      title: '业务办理提醒',
      primary_industry: '',
      deputy_industry: '',
      content:
        '业务名称：{{thing1.DATA}}\n办理状态：{{phrase2.DATA}}\n办理时间：{{time3.DATA}}\n温馨提示：{{thing4.DATA}}\n',
      example:
        '业务名称：居民身份证换领\n办理状态：已制证\n办理时间：2026年3月2日 10:00\n温馨提示：请凭领证回执领取\n',
    });
  });

  it('are added from the library, with the fields named', () => {
    const platform = testPlatform();
    const { template_id: id } = add(platform, { keyword_name_list: ['业务名称', '办理时间'] });
    expect(list(platform).at(-1)).toMatchObject({
      template_id: id,
      content: '业务名称：{{thing1.DATA}}\n办理时间：{{time3.DATA}}\n',
    });
    expect(add(platform, { template_id_short: 'TM000' }).errcode).toBe(40037);
  });

  it('are 25 at most: 45026', () => {
    const platform = testPlatform();
    const free = 25 - list(platform).length;
    for (let added = 0; added < free; added += 1) expect(add(platform).errcode).toBe(0);
    expect(add(platform).errcode).toBe(45026);
    expect(list(platform)).toHaveLength(25);
  });

  it('are not to be used once deleted: 40037', () => {
    const platform = testPlatform();
    const remove = () =>
      platform.call('POST', '/cgi-bin/template/del_private_template', {
        template_id: 'sandbox-service-reminder',
      }).errcode;
    expect([send(platform).errcode, remove(), send(platform).errcode, remove()]).toEqual([
      0, 0, 40037, 40037,
    ]);
  });
});

describe('a typed field of a template', () => {
  const fault = (keyword: string, value: string) => {
    const platform = testPlatform();
    const { templates } = platform.account.state;
    templates.push({ id: 'one-field', title: '一', fields: [{ keyword, name: '内容', example: '' }] });
    return send(platform, { template_id: 'one-field', data: { [keyword]: { value } } });
  };

  it.each([
    ['thing1', '字'.repeat(20), '字'.repeat(21)],
    ['character_string1', 'A-1'.padEnd(32, '0'), 'A-1'.padEnd(33, '0')],
    ['character_string1', 'A/1', '一'],
    ['phrase1', '已经办完了', '已经办完了吗'],
    ['number1', '9'.repeat(32), '9'.repeat(33)],
    ['letter1', 'a'.repeat(32), 'a1'],
    ['symbol1', '#'.repeat(5), '#'.repeat(6)],
    ['phone_number1', '+86-0766-88888888', '+86-0766-888888881'],
    ['car_number1', '粤M12345警', '粤M123456警'],
    ['name1', '古'.repeat(10), '古'.repeat(11)],
    ['amount1', '¥20.00', '¥12345678901'],
    ['time1', '2026年3月2日 10:00', '明天上午'],
    ['date1', '2026-03-02', '三月二日'],
  ])('%s takes "%s", and "%s" is 47003, which names it', (keyword, good, bad) => {
    expect(fault(keyword, good).errcode).toBe(0);
    expect(fault(keyword, bad)).toMatchObject({
      errcode: 47003,
      errmsg: expect.stringContaining(`data.${keyword}.value invalid`),
    });
  });

  it('must not be empty', () => {
    expect(fault('thing1', '')).toMatchObject({
      errcode: 47003,
      errmsg: expect.stringContaining('data.thing1.value is empty'),
    });
  });
});
