import { indexKeywords, type KeywordHit, type KeywordIndex } from '../../text/keyword-index.js';
import { indexSounds, type SoundIndex } from '../../text/sound-index.js';
import { soundsOf, spokenCodesOf } from '../../text/sounds.js';
import type { Squeezed } from '../../text/squeeze.js';

/**
 * What the words around a danger word say about it:
 * - urgent: it is happening to the writer; outranks every question.
 * - present: it is here and now.
 * - weak: it has happened, or is cried out.
 * - habit: it happens again and again.
 * - question: somebody wants to know something.
 * - past: it is over.
 * - remote: it is imagined, played, taught, in the news, before the courts or a matter of papers.
 */
export type Sign = 'urgent' | 'present' | 'weak' | 'habit' | 'question' | 'past' | 'remote';

export type SignHit = KeywordHit<Sign>;

/** Every sign in a squeezed, simplified text, those spelled in pinyin too. */
export function findSigns(said: Squeezed): SignHit[] {
  const { text } = said;
  written ??= indexKeywords(allSigns());
  const hits: SignHit[] = written.findAll(text).filter((hit) => !isExclamation(text, hit));
  for (const { index, 0: date } of text.matchAll(DATE)) {
    hits.push({ word: date, value: 'past', start: index, end: index + date.length });
  }
  return LETTERS.test(text) ? [...hits, ...findSpelled(said)] : hits;
}

function findSpelled(said: Squeezed): SignHit[] {
  spelled ??= indexSounds(
    allSigns()
      .filter(({ word }) => word.length > 1)
      .map((sign) => ({ codes: spokenCodesOf(sign.word), value: sign })),
  );
  const { codes, starts } = soundsOf(said);
  return spelled.findAll(codes).flatMap(({ value: { word, value }, start, end }) => {
    const from = starts?.[start] ?? start;
    const to = starts?.[end] ?? end;
    return LETTERS.test(said.text.slice(from, to)) ? [{ word, value, start: from, end: to }] : [];
  });
}

function allSigns(): { word: string; value: Sign }[] {
  return SIGNS.flatMap(([value, words]) => words.split(/\s+/).map((word) => ({ word, value })));
}

let written: KeywordIndex<Sign> | undefined;
let spelled: SoundIndex<{ word: string; value: Sign }> | undefined;

const LETTERS = /[a-z]/;
const DATE = /\d{4}年|\d{1,2}月\d{1,2}[日号]/g;

/** 着火了怎么办 and 怎么还没人来 are cries; 着火怎么办 is a question. */
function isExclamation(text: string, { word, value, start, end }: SignHit): boolean {
  if (value !== 'question' || !HOW.has(word)) return false;
  const next = text.charAt(end);
  return next === '办' || next === '整' ? CRY.has(text.charAt(start - 1)) : NO_QUESTION.has(next);
}

const HOW = new Set(['怎么', '咋']);
const CRY = new Set('了啊啦呀咯我');
const NO_QUESTION = new Set('还没这那了');

const SIGNS: readonly (readonly [Sign, string])[] = [
  [
    'urgent',
    `正在 正要 快来 快点来 快点过来 快过来 快点派 快派 快救 快去救 快帮 快滴来 快d来 快啲 赶紧派 赶紧来 赶紧过来 赶快来 赶快派
    速来 速派 马上来 马上派 立刻来 来人 救我 救救 救命 帮我报警 帮忙报警 帮我打110 帮帮我 快报警 快打110 快叫 快不行 不行了 要死人
    没气 没呼吸 没有呼吸 没反应 没意识 叫不醒 不会动 不动了 动不了 好多血 流血 流了好多 满地血 满地是血 一地血 地上都是血 都是血
    止不住 躲在 躲着 躲到 我躲 藏在 不敢出 不敢开 不敢动 不敢说话 不敢进 不敢回 不敢下 出不去 出不来 出唔到 跑不掉 跑不了 逃不
    走唔甩 追我 追着 追住 追厓 追捱 冲进来 冲入来 冲过来 冲上来 在撞 在砸 在打 在砍 在追 在敲 在撬 在爬 在烧 在喊 在哭 在掐 在咬
    在抢 在摸 在流血 在抽 在冒 在漏 喺度打 喺度烧 打紧 烧紧 追紧 斩紧 砍紧 仲喺 仲在 还在 还没停 不停 不肯走 不肯停 一直跟 一直敲
    一直追 一直打 越来越 烧到 拖走 按住 压着 压住 掐着 掐住 抓住我 抓着我 拉着我 拽着 抱住我 捂住 绑住 绑着 还没找到 没回来 没回家
    没返 仲未返 到现在 找不到人 联系不上 联系不到 联系唔到 来不及 喘不上 透不过气 我就跳 我就死 我就去死 就砍 就弄死 就杀 就点火`,
  ],
  [
    'present',
    `现在 此刻 这会儿 目前 刚刚 刚才 刚 今晚 今早 今天 方才 啱啱 头先 而家 宜家 依家 家下 有人 有个男 有个女 有个佬 有几个 有两个
    有一个 有一帮 一群 一帮 一伙 几个人 一个男 一个女 一个人 有小孩 有群 有班 有条友 几条友 那个男 那个女 那个人 我被 我畀 我俾 我比人
    我分人 捱分人 厓分人 被人 畀人 俾人 把我 将我 对我 朝我 向我 往我 逼我 我家 我屋 屋企 我们家 家里 屋里 房间 宿舍 店里 我店 我们店
    门口 楼下 楼上 隔壁 对面 厕所 车上 车里 路上 路边 马路 街上 旁边 前面 后面 后边 这里 这边 呢度 呢边 嗰边 河边 江边 桥上 桥边 水库
    鱼塘 天台 楼顶 阳台 窗台 电梯 小区 村里 公园 广场 步行街 菜市场 校门口 酒吧 ktv 网吧 公交 地铁 高速 国道 路口 大道 大桥 附近
    我在 我们在 人在 在我 又打 又来 又在 又开始 我妈 我爸 我老公 我老婆 我儿子 我女儿 我孩子 我小孩 我弟 我妹 我哥 我姐 我奶奶 我爷爷
    我外婆 我外公 我朋友 我同学 我室友 我邻居 阿公 阿婆 他要 她要 他们要 佢要 说要 扬言 好怕 好惊 害怕 好臭 好大 很大`,
  ],
  ['weak', '啊啊 急急 在线等 十万火急 紧急'],
  ['habit', '天天 经常 总是 老是 每天 每次 每晚 长期 成日 时常 常常 动不动 多次 从小'],
  [
    'question',
    `如何 怎么 怎样 咋 点样 点办理 什么 啥 多少 几年 几多 几号 几天 几个月 吗 是不是 会不会 要不要 能不能 可不可以 该不该 算不算 是否 可否
    能否 请问 咨询 想问 问下 问一下 打听 谁 哪 为什么 为何 边个 边度 乜 系咪 会唔会 使唔使 可唔可以 应不应 应该 需不需要 用不用 有没有用
    有用没 管不管 一般 通常 电话是 号码是 多久 几时 何时 多长时间 样般 仰般 还是打 还是直接 还是110 还是119 还是12 号码 举报 线索 匿名 保修`,
  ],
  [
    'past',
    `昨天 昨晚 昨日 昨夜 前天 前晚 前几天 前段时间 前阵子 上周 上个周 上星期 上个星期 上礼拜 上个礼拜 上月 上个月 上次 上回 去年 前年 往年
    旧年 年前 多年前 以前 从前 之前 先前 早前 曾经 当年 当时 那时 那次 小时候 过去 月初 年初 琴日 琴晚 寻日 寻晚 噚日 噚晚 秋晡
    已经立案 已经报警 报过警 报过案 早就 后来`,
  ],
  [
    'remote',
    `立案 判 量刑 定罪 未遂 追诉 犯罪 罪吗 罪怎 罪的 罪名 罪要 罪会 罚 处罚 拘留 坐牢 坐监 案底 留底 前科 赔 医药费 误工费 证明 鉴定 伤残
    验伤 伤情 起诉 官司 律师 法院 法律 法规 条例 规定 依据 犯法 违法 构成 正当防卫 谅解 和解 调解 撤案 撤销 销案 结案 案件 案子 案情 进展
    进度 回执 笔录 报案记录 报警记录 出警记录 保护令 告诫书 离婚 保险 理赔 报销 认定 复议 复核 责任 调监控 监控不给 委托 代办 到场 换证 年审 过户 上牌 看监控 查监控 投诉 表扬 锦旗
    感谢信 悬赏 奖励 奖金 材料 手续 流程 办理 申请 审核 资料 追究 受害人 嫌疑 涉嫌 检察 补偿 补办 挂失 查询 处理结果 如果 万一 假如 假设
    要是 倘若 的话 假使 互殴 自救 逃生 应对 怎么做 破案 案破 破了没 抓到没 什么情况 哪些情况 哪种情况 什么时候 预防 防止 防范 避免 注意事项 安全知识 安全课 教育 宣传 讲座 课程 上课用 班会
    常识 知识 预案 演练 演习 彩排 培训 考试 考题 题目 答题 科目 驾考 论文 作文 作业 练习 模拟 报告 调查 统计 数据 新闻 报道 报纸 热搜 听说
    据说 传说 谣言 辟谣 真的假的 电影 电视 韩剧 美剧 短剧 剧情 剧里 追剧 剧场 小说 漫画 动漫 动画 游戏 手游 网游 副本 关卡 剧本 密室 王者
    吃鸡 和平精英 原神 段位 梦到 梦见 做梦 噩梦 故事 歌词 书里 书上 视频里 比赛 冠军 段子 笑话 搞笑 哈哈 嘻嘻 呵呵 嘿嘿 笑死 表情包
    开玩笑 说笑 比喻 成语 什么意思 的意思 翻译 英文 英语 怎么读 怎么写 报考 招聘 招考 招警 辅警 考公 入警 警校 警察学院 面试 应聘 职业
    工资 待遇 资格证 志愿者 历史 纪录片 纪念 科普 推荐 好看 好吃 好玩 便宜 优惠 打折 促销 价格 价钱 多少钱 出售 购买`,
  ],
];
