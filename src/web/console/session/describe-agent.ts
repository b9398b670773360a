/** The first that fits: many browsers name the ones before them, too. */
const browsers: readonly [RegExp, string][] = [
  [/MicroMessenger/, '微信'],
  [/DingTalk/, '钉钉'],
  [/wxwork/i, '企业微信'],
  [/QIHU|360SE|360EE/, '360 浏览器'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: readonly [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/Android/, '安卓'],
  [/iPhone|iPad/, '苹果手机或平板'],
  [/Macintosh/, 'Mac'],
  [/HarmonyOS|OpenHarmony/, '鸿蒙'],
  [/Linux/, 'Linux'],
];

/** `Chrome（Windows）`: what a browser says of itself, for those who use it. */
export function describeAgent(agent: string): string {
  const browser = firstThatFits(browsers, agent) ?? '其他程序';
  const system = firstThatFits(systems, agent);
  return system === undefined ? browser : `${browser}（${system}）`;
}

function firstThatFits(names: readonly [RegExp, string][], agent: string): string | undefined {
  return names.find(([pattern]) => pattern.test(agent))?.[1];
}
