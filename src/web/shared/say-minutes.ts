/** `2 小时`, `1 天`, `30 分钟`. */
export function sayMinutes(minutes: number): string {
  if (minutes > 0 && minutes % 1_440 === 0) return `${minutes / 1_440} 天`;
  return minutes > 0 && minutes % 60 === 0 ? `${minutes / 60} 小时` : `${minutes} 分钟`;
}
