/** What a citizen reads on the way through the sign-in. */
export const signInTexts = {
  snapshot: {
    title: '请点“使用完整服务”',
    lines: [
      '您现在看到的是微信的“快照页”，它不知道您是谁，所以不能预约。',
      '请点页面底部的“使用完整服务”，再打开一次就可以办了。',
    ],
  },
  failed: {
    title: '没有登录成功',
    lines: ['登录的链接已经用过，或者等得太久了。请再试一次。'],
  },
  elsewhere: {
    title: '请在微信里打开',
    lines: ['这个页面要用微信登录：请在微信里打开公众号，从底部菜单或对话里的链接进来。'],
  },
  unavailable: {
    title: '微信登录暂时用不了',
    lines: ['请过几分钟再试。着急的话，可以在公众号里发“预约”，直接在对话里办。'],
  },
  again: '再试一次',
} as const;
