import type { Delivery } from '../../api-types/sandbox.js';

/** How a message fared, in one short line for the developer. */
export function deliveryLine({ state, attempts, tookMs, duplicate, problem }: Delivery): string {
  return [
    stateText(state, tookMs),
    attempts > 1 ? `第 ${attempts} 次投递` : '',
    duplicateText[duplicate],
    problem?.split('\n', 1)[0] ?? '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

const duplicateText: Record<Delivery['duplicate'], string> = {
  none: '',
  same_answer: '重复投递，回答相同',
  other_answer: '重复投递，回答不同！',
};

function stateText(state: Delivery['state'], tookMs: number): string {
  const took = `${tookMs.toLocaleString('zh-CN')} 毫秒`;
  const texts: Record<Delivery['state'], string> = {
    waiting: '等待投递',
    sending: '投递中…',
    answered: `已回答 ${took}`,
    silent: `已收到，无被动回复 ${took}`,
    failed: `失败 ${took}`,
  };
  return texts[state];
}
