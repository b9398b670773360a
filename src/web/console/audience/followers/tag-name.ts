/** WeChat: a tag's name has at most 30 bytes in UTF-8. */
export const mostTagBytes = 30;

/** What is wrong with a name; empty: nothing. */
export function judgeTagName(name: string): string {
  const bytes = new TextEncoder().encode(name.trim()).length;
  if (bytes === 0) return '请写名称';
  return bytes > mostTagBytes ? `太长了：最多 ${mostTagBytes} 字节，约 10 个汉字，现在 ${bytes} 字节` : '';
}
