/** Words that say how something is asked and not what about; they tell questions apart a little, subjects never. */
export function isWeakWord(word: string): boolean {
  return WEAK.has(word);
}

const WEAK: ReadonlySet<string> = new Set(
  [
    // asking
    '多少钱 多久 材料 怎么 怎么样 怎样 怎么办 如何 咋 什么 哪 哪里 哪些 哪个 哪种 谁 几 多少 为什么 为啥 吗 呢 是不是 是否 有没有 会不会 能不能 要不要',
    '可不可以 可以 能 能够 会 不会 要 需要 需 必须 得 应该 应当 该 想 想要 希望 打算 准备 请 让 叫 使 给 帮 帮忙 替',
    // being, having, going on
    '是 不是 有 没有 没 无 不 在 到 去 来 过来 过去 回 上 下 做 弄 搞 搞定 办 办理 处理 进行 拿 用 使用 走 跑 找 知道 不知道 听说 听 说 看 问 觉得 属于',
    '开始 出来 起来 下来 进去 成 变成 算 行 对 好 好像 真的 真 假 一样 不一样 有用',
    // time and order
    '现在 今天 昨天 明天 前天 后天 刚 刚刚 刚才 马上 已经 还 还是 再 又 就 才 都 也 先 后 然后 以后 之后 以前 之前 时候 的时候 的话 如果 因为 所以 但是 可是 不过 而且 最近 一直 年 月 天 日 去年 今年 明年 上个月 下个月',
    // persons and things unnamed
    '我 你 他 她 它 我们 你们 他们 咱 俺 自己 别人 人家 大家 这 那 这个 那个 这些 那些 这里 那里 这边 那边 这儿 那儿 这样 那样 这种 那种 人 东西 事 事情 问题 情况 地方 方面 个 一个 一下 一次 次 张 本 些 点 一点 种',
    // particles and small words
    '的 地 了 着 过 吧 啊 呀 嘛 哦 啦 和 跟 与 或 或者 把 被 从 向 对于 关于 为 为了 只 只要 只有 很 太 更 最 非常 比较 全 全部 所有 其他 另外 还有 每 各 等 等等',
    // the same in Cantonese and Hakka
    '厓 𠊎 涯 捱 佢 哋 唔 冇 咗 系 嘅 喺 爱 话 分 畀 俾 晒 撇 哩 仲 啱 嘢 噉 咁 乜 点 边 攞 睇 搵 嚟 同 奈 样 讲 做得 转',
  ].flatMap((line) => line.split(' ')),
);
