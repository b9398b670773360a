/** What staff read about drafts, reviews and releases; errors have their own sentences. */
export const contentTexts = {
  voidedByEdit: (name: string) => `${name} 在送审之后又改了草稿`,
  voidedByRelease: () => '送审之后，正在使用的版本变了',
  beforeRollback: (number: number) => `回退到第 ${number} 版之前`,
  beforeRestore: (name: string) => `恢复“${name}”之前`,
} as const;
