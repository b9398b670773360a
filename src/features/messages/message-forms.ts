import { formSchema, type Form, type FormInput } from '../../dialog/forms/form-model.js';

/** How long a message is kept; the privacy notice says so, and the storage deletes by it. */
export const messageRetentionDays = 180;

const privacy = {
  collector: '本公众号的主办单位',
  purpose: '核实情况、把处理结果告诉您，不作他用',
  retentionDays: messageRetentionDays,
  rights: '想查看、更正或删除，回复“人工”，说出编号即可',
};

const phone = {
  key: 'phone',
  type: 'phone',
  label: '联系电话',
  question: '要我们回电的话，请留下手机号或座机。',
  optional: true,
  personal: true,
} as const;

const forms: FormInput[] = [
  {
    id: 'leave-message',
    title: '留言',
    words: ['留言', '我要留言', '写留言'],
    intro: '给工作人员留言。紧急的事请直接打 110，这里不是报警。',
    privacy,
    steps: [
      {
        key: 'text',
        type: 'text',
        label: '内容',
        question: '请写下您要说的事：时间、地点、经过和请求。',
        min: 5,
        max: 500,
      },
      {
        key: 'picture',
        type: 'image',
        label: '照片',
        question: '有照片的话，请发一张。',
        optional: true,
      },
      phone,
    ],
    submit: 'messages.leave',
    done: '收到您的留言，编号 {receipt}。工作人员会在工作时间查看。',
  },
  {
    id: 'correct-answer',
    title: '纠错',
    words: ['纠错', '我要纠错'],
    intro: '谢谢您帮我们改正。',
    aboutLastAnswer: true,
    privacy,
    steps: [
      {
        key: 'text',
        type: 'text',
        label: '问题',
        question: '请写明哪里不对，正确的是什么；知道出处的话也请写上。',
        min: 5,
        max: 500,
      },
      phone,
    ],
    submit: 'messages.correct',
    done: '已经记下，编号 {receipt}。核对后会尽快更正，谢谢您。',
  },
];

/** 留言 and 纠错. */
export const messageForms: readonly Form[] = forms.map((form) => formSchema.parse(form));
