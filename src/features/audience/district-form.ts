import { formSchema, type Form, type FormInput } from '../../dialog/forms/form-model.js';

const district: FormInput = {
  id: 'my-district',
  title: '我的区县',
  words: ['我的区县', '设置区县', '修改区县'],
  intro:
    '告诉我们您常住或关心哪个区县，停办、交通管制、应急的消息就发给相关的人。本公众号的主办单位只记区县，不记住址，也不作他用；您不删就一直留着，随时可以改，选“不再记录”就删掉。',
  steps: [
    {
      key: 'district',
      type: 'choice',
      label: '区县',
      question: '您在哪个区县？',
      options: { ask: 'audience.districts' },
      asksAgainOn: ['district_gone'],
    },
  ],
  review: '请核对，回复“确认”就照此记下：',
  submit: 'audience.keepdistrict',
  done: '{text}',
  draftDays: 0,
};

/** 我的区县. */
export const audienceForms: readonly Form[] = [formSchema.parse(district)];
