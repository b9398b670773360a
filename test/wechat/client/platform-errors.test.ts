import { describe, expect, it } from '@jest/globals';
import { PlatformError, classifyError } from '../../../src/wechat/client/platform-errors.js';

describe('classifyError', () => {
  it.each([
    ['transient', 'retry', [-1, 45011, 45066, 50002]],
    ['token', 'refresh_token', [40001, 40014, 42001]],
    [
      'configuration',
      'tell_operator',
      [40013, 40125, 40164, 41002, 41004, 48001, 48008, 50001, 61007, 89503, 89504, 89505, 89506, 89507],
    ],
    ['quota', 'wait_for_reset', [45009, 45028, 45029, 45026, 48006]],
    ['receiver_permanent', 'mark_receiver', [40003, 43004, 43019, 43101, 46004, 48002, 50005]],
    ['receiver_window', 'fall_back', [45015, 45047]],
    [
      'content',
      'fix_request',
      [40037, 41030, 44003, 44004, 45001, 45002, 45008, 45166, 47001, 47003, 53500, 53505, 53600],
    ],
    ['duplicate', 'treat_as_done', [45065]],
    ['tags', 'fix_request', [45056, 45057, 45058, 45059, 45157, 45158, 45159, 40032]],
    ['menu', 'fix_request', [40016, 40028, 45064, 46003, 65301, 65317, 65320]],
    ['kf', 'fix_request', [61451, 61457, 65400, 65416]],
    ['oauth', 'sign_in_again', [40029, 40163, 42003, 42007]],
    ['gone', 'use_successor', [45103]],
    ['account', 'tell_operator', [48003, 48004, 48005]],
    ['unknown', 'fix_request', [12345, 0.5, Number.NaN]],
  ])('puts into the group %s, to be met by %s: %p', (group, action, errcodes) => {
    for (const errcode of errcodes)
      expect({ errcode, ...classifyError(errcode) }).toMatchObject({ errcode, group, action });
  });

  it('asks for a pause of a minute where the platform counts by the minute', () => {
    expect(classifyError(45011).pauseMs).toBe(60_000);
    expect(classifyError(45066).pauseMs).toBe(60_000);
    expect(classifyError(-1).pauseMs).toBe(500);
  });
});

describe('PlatformError', () => {
  it('keeps the platform’s own words with the rid', () => {
    const error = new PlatformError('menu_create', 40018, 'invalid button name size hint: [x] rid: 66aa-1');
    expect(error).toMatchObject({
      code: 'wechat_menu',
      errcode: 40018,
      errmsg: 'invalid button name size hint: [x] rid: 66aa-1',
      group: 'menu',
      message: 'menu_create: 40018 invalid button name size hint: [x] rid: 66aa-1',
    });
  });
});
