import { expect, it } from '@jest/globals';
import { describeAgent } from '../../../../src/web/console/session/describe-agent.js';

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';

it.each([
  ['Chrome（Windows）', `${windows} Chrome/131.0.0.0 Safari/537.36`],
  ['Edge（Windows）', `${windows} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`],
  ['360 浏览器（Windows）', `${windows} Chrome/108.0.0.0 Safari/537.36 QIHU 360SE`],
  ['微信（安卓）', 'Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.5'],
  [
    'Safari（苹果手机或平板）',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1',
  ],
  ['其他程序', 'curl/8.5.0'],
])('%s is what %s is called', (name, agent) => {
  expect(describeAgent(agent)).toBe(name);
});
