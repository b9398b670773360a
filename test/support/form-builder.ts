import {
  formSchema,
  formStepSchema,
  type Form,
  type FormInput,
  type FormStep,
} from '../../src/dialog/forms/form-model.js';

type StepInput = FormInput['steps'][number];

/** One step of a form; its key is `value` unless another is given. */
export function buildStep<Type extends FormStep['type']>(
  step: Omit<Extract<StepInput, { type: Type }>, 'key' | 'label' | 'question'> & Partial<StepInput>,
): Extract<FormStep, { type: Type }> {
  const parsed = formStepSchema.parse({ key: 'value', label: '值', question: '请填写：', ...step });
  return parsed as Extract<FormStep, { type: Type }>;
}

/**
 * A form that asks for a text, a choice and, with consent, an ID number and a telephone number that may be left out.
 */
export function buildForm(overrides: Partial<FormInput> = {}): Form {
  return formSchema.parse({
    id: 'apply',
    title: '登记',
    words: ['登记', '我要登记'],
    intro: '请按提示填写。',
    privacy: {
      collector: '平安某市（示例）',
      purpose: '办理登记',
      retentionDays: 90,
      rights: '回复“人工”',
    },
    steps: [
      { key: 'reason', type: 'text', label: '事由', question: '请写下事由。', min: 4, max: 20 },
      {
        key: 'place',
        type: 'choice',
        label: '地点',
        question: '在哪里办？',
        options: [
          { value: 'east', label: '城东', words: ['东边'] },
          { value: 'west', label: '城西' },
        ],
      },
      { key: 'idNumber', type: 'idNumber', label: '身份证号', question: '请填身份证号。', personal: true },
      {
        key: 'phone',
        type: 'phone',
        label: '电话',
        question: '请留电话。',
        personal: true,
        optional: true,
        help: '手机或座机都可以。',
      },
    ],
    submit: 'test.submit',
    done: '好了，编号 {receipt}。',
    ...overrides,
  });
}
