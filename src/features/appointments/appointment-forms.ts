import { formSchema, type Form, type FormInput } from '../../dialog/forms/form-model.js';
import { visitRetentionDays } from './booking/retention.js';

type StepInput = FormInput['steps'][number];

/** The place that the form names is gone; another one may be free. */
const placeIsGone = ['slot_full', 'slot_closed', 'slot_over', 'slot_not_yet', 'no_such_slot', 'person_busy'];

const service: StepInput = {
  key: 'service',
  type: 'choice',
  label: '业务',
  question: '您要办什么？',
  options: { ask: 'appointments.services' },
};

const venue: StepInput = {
  key: 'venue',
  type: 'choice',
  label: '大厅',
  question: '在哪个大厅办？',
  options: { ask: 'appointments.venues' },
};

const person: StepInput[] = [
  {
    key: 'name',
    type: 'text',
    label: '姓名',
    question: '来办事的人叫什么？请填身份证上的姓名。',
    max: 30,
    personal: true,
    asksAgainOn: ['bad_name'],
  },
  {
    key: 'idNumber',
    type: 'idNumber',
    label: '身份证号',
    question: '请填身份证号，18 位。',
    personal: true,
    asksAgainOn: ['bad_id_number'],
  },
  {
    key: 'phone',
    type: 'phone',
    label: '电话',
    question: '请填联系电话，手机或带区号的座机。',
    personal: true,
    asksAgainOn: ['bad_phone'],
  },
];

const privacy = {
  collector: '本公众号的主办单位',
  purpose: '为您预约、到大厅核对身份、有变动时联系您，不作他用',
  retentionDays: visitRetentionDays,
  rights: '想查看、更正或删除，回复“人工”，说出预约码即可',
};

const forms: FormInput[] = [
  {
    id: 'book-appointment',
    title: '预约',
    words: ['预约', '我要预约', '预约办证', '预约办事'],
    privacy,
    steps: [
      service,
      venue,
      {
        key: 'day',
        type: 'choice',
        label: '日期',
        question: '哪一天来？',
        options: { ask: 'appointments.days' },
      },
      {
        key: 'time',
        type: 'choice',
        label: '时间',
        question: '几点来？选好先为您留 10 分钟。',
        options: { ask: 'appointments.times' },
        onAnswer: 'appointments.hold',
        asksAgainOn: [...placeIsGone, 'hold_lapsed', 'no_such_appointment'],
      },
      ...person,
    ],
    submit: 'appointments.book',
    leave: 'appointments.release',
    done: '{text}',
    draftDays: 1,
  },
  {
    id: 'wait-for-place',
    title: '候补',
    words: ['候补', '我要候补', '排候补'],
    privacy,
    steps: [
      service,
      venue,
      {
        key: 'day',
        type: 'choice',
        label: '日期',
        question: '想候补哪一天？',
        options: { ask: 'appointments.fulldays' },
        asksAgainOn: ['places_left', ...placeIsGone],
      },
      {
        key: 'wait',
        type: 'choice',
        label: '候补',
        question: '这一天已经约满。排候补吗？有人退约，会按先后为您留位并通知您。',
        options: [
          { value: 'wait', label: '排候补', words: ['是', '好', '好的', '排'] },
          {
            value: 'other',
            label: '改选别的日子',
            words: ['不', '否', '不排', '改选'],
            opens: 'book-appointment',
          },
        ],
      },
      ...person,
    ],
    submit: 'appointments.wait',
    done: '{text}',
    draftDays: 1,
  },
  {
    id: 'my-appointments',
    title: '我的预约',
    words: ['我的预约', '预约查询', '查询预约', '查预约'],
    steps: [],
    submit: 'appointments.mine',
    done: '{text}',
    draftDays: 0,
  },
  {
    id: 'cancel-appointment',
    title: '取消预约',
    words: ['取消预约', '退约'],
    steps: [
      {
        key: 'appointment',
        type: 'choice',
        label: '不去的',
        question: '取消哪一个？',
        options: { ask: 'appointments.cancellable' },
      },
    ],
    review: '确定不去了吗？回复“确认”才会取消：',
    submit: 'appointments.cancel',
    done: '{text}',
    left: '没有取消，您的预约还在。',
    draftDays: 0,
  },
  {
    id: 'move-appointment',
    title: '改期',
    words: ['改期', '预约改期', '改预约', '改约'],
    steps: [
      {
        key: 'appointment',
        type: 'choice',
        label: '原来的',
        question: '改哪一个？',
        options: { ask: 'appointments.movable' },
      },
      {
        key: 'day',
        type: 'choice',
        label: '日期',
        question: '改到哪一天？',
        options: { ask: 'appointments.days' },
      },
      {
        key: 'time',
        type: 'choice',
        label: '时间',
        question: '改到几点？',
        options: { ask: 'appointments.times' },
        asksAgainOn: placeIsGone,
      },
    ],
    review: '请核对，回复“确认”才会改到新的时间：',
    submit: 'appointments.move',
    done: '{text}',
    left: '没有改期，原来的预约不变。',
    draftDays: 0,
  },
  {
    id: 'accept-place',
    title: '接受名额',
    words: ['接受', '接受名额', '我接受'],
    steps: [
      {
        key: 'appointment',
        type: 'choice',
        label: '名额',
        question: '接受哪一个？',
        options: { ask: 'appointments.offers' },
      },
    ],
    reviewed: false,
    submit: 'appointments.accept',
    done: '{text}',
    draftDays: 0,
  },
];

/** 预约, 候补, 我的预约, 取消预约, 改期 and 接受. */
export const appointmentForms: readonly Form[] = forms.map((form) => formSchema.parse(form));
