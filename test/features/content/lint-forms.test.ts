import { describe, expect, it } from '@jest/globals';
import { buttonKey, parseButtonKey } from '../../../src/dialog/button-key.js';
import { menuNodeSchema } from '../../../src/dialog/content-model.js';
import { lintContent } from '../../../src/features/content/lint-content.js';
import { buildContent, type ContentOverrides } from '../../support/content-builder.js';
import { buildForm } from '../../support/form-builder.js';

const now = Date.parse('2026-12-01T00:00:00Z');

function errorsIn(overrides: ContentOverrides) {
  return lintContent(buildContent(overrides), { now, forms: [buildForm()] })
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, where, message }) => [rule, where.kind, message]);
}

function leadingTo(form: string): ContentOverrides {
  return {
    tree: [{ id: 'form-node', number: 1, title: '登记', form }],
    buttons: [{ name: '登记', opens: { form } }],
    scenes: [{ scene: 'hall', title: '大厅', opens: { form } }],
    rules: [{ id: 'to-form', whole: ['我来登记'], to: { form } }],
  };
}

describe('content that leads to a form', () => {
  it('is sound where the program has the form', () => {
    expect(errorsIn(leadingTo('apply'))).toEqual([]);
  });

  it('is refused where it has not, at every place that names it', () => {
    const fault = '没有标识为“nowhere”的表单';
    expect(errorsIn(leadingTo('nowhere'))).toEqual([
      ['broken_reference', 'node', fault],
      ['broken_reference', 'rule', fault],
      ['broken_reference', 'scene', fault],
      ['broken_reference', 'button', fault],
    ]);
  });

  it('hears of a keyword that the form itself answers to', () => {
    const content = buildContent({ rules: [{ id: 'r', whole: ['登记'], to: { node: 'household' } }] });
    const rules = lintContent(content, { now, forms: [buildForm()] }).map(({ rule }) => rule);
    expect(rules).toContain('keyword_is_command');
  });

  it('puts nothing else on the node that opens it', () => {
    const node = { id: 'form-node', number: 1, title: '登记', form: 'apply' };
    expect(menuNodeSchema.safeParse(node).success).toBe(true);
    expect(menuNodeSchema.safeParse({ ...node, reply: 'household' }).success).toBe(false);
  });

  it('has a key for its button', () => {
    expect(parseButtonKey(buttonKey({ form: 'apply' }))).toEqual({ form: 'apply' });
  });
});
