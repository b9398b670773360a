import { describe, expect, it } from '@jest/globals';
import { finishSlices } from '../../../src/core/finish-slices.js';
import { collectTargets } from '../../../src/dialog/understanding/collect-targets.js';
import { buildContent, textReply } from '../../support/content-builder.js';

describe('collectTargets', () => {
  it('finds a reply as the node that gives it, with everything that leads to either', () => {
    const content = buildContent({
      tree: [
        {
          id: 'licence',
          number: 1,
          title: '驾驶证',
          children: [{ id: 'licence-lost', number: 1, title: '丢失补证', reply: 'lost' }],
        },
      ],
      buttons: [],
      scenes: [],
      replies: [{ ...textReply('lost', '带身份证去补。'), title: '驾驶证丢失补证' }],
      rules: [
        { id: 'by-reply', whole: ['补驾照'], to: { reply: 'lost' } },
        { id: 'by-node', questions: ['驾照丢了怎么补'], to: { node: 'licence-lost' } },
        { id: 'form', whole: ['留言'], to: { form: 'leave-message' } },
      ],
    });
    const targets = finishSlices(collectTargets(content, new Map([['leave-message', '给我们留言']])));

    expect(
      targets.map(({ target, titles, wordings, body }) => ({
        target,
        titles: [...titles],
        wordings: [...wordings],
        body,
      })),
    ).toEqual([
      { target: { node: 'licence' }, titles: ['驾驶证'], wordings: [], body: expect.anything() },
      {
        target: { node: 'licence-lost' },
        titles: ['驾驶证丢失补证', '驾驶证 丢失补证'],
        wordings: ['补驾照', '驾照丢了怎么补'],
        body: '驾驶证\n丢失补证\n带身份证去补。',
      },
      { target: { form: 'leave-message' }, titles: ['给我们留言'], wordings: ['留言'], body: '' },
    ]);
  });
});
