/** What the program says around emergencies. For citizens, so in Chinese. */
export const emergencyPhrases = {
  /** `numbers` besides 110, such as 119. */
  isItNow: (numbers: readonly string[]) =>
    [
      '如果正有危险，现在就打110；不方便说话，发短信到12110，写清在哪里、发生了什么。',
      ...(numbers.length > 0 ? [`需要时也可以打${numbers.join('、')}。`] : []),
      '这里只是自动回答，不是报警渠道。',
    ].join('\n'),
  question: '正在发生吗？',
  happening: '正在发生',
  notHappening: '没有，只是想问问',
  keys: '回复数字选择',
  calm: '没有危险就好。要是发生了，马上打110，不要在这里等。',
} as const;
