/** Texts for emergencies of the sandbox's account. Samples: an account writes and agrees its own. */
export const demoPresets = [
  {
    title: '示例：地震避险',
    text: '【示例】刚刚我市发生有感地震。请保持镇定，暂时远离高楼、陡坡和老旧房屋，不要乘电梯，照看好老人和孩子。遇险请拨打 110、119、120。请以官方发布为准，不信谣、不传谣。',
  },
  {
    title: '示例：暴雨山洪',
    text: '【示例】受强降雨影响，我市部分河段水位上涨，有山洪、滑坡危险。请勿靠近河边、涉水和走山路，低洼地带的居民请听从社区安排及时转移。遇险请拨打 110、119。',
  },
  {
    title: '示例：停办通知',
    text: '【示例】因突发情况，今天全市公安办事窗口暂停办理业务，已经预约的自动保留，改期办法另行通知。请不要前往，给您添麻烦了。',
  },
] as const;
