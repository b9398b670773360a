import { formSchema, type Form, type FormInput } from '../../../dialog/forms/form-model.js';
import { registrationRetentionDays } from '../registrations/registration-retention.js';

const privacy = {
  collector: '本公众号的主办单位',
  purpose: '为您报名、核对身份和报名条件、有变动时联系您；报名时填的其他内容也只作此用。保存从活动结束算起',
  retentionDays: registrationRetentionDays,
  rights: '想查看、更正或删除，可在“我的数据”里办，或回复“人工”',
};

/** Another activity may be open. */
const activityIsGone = ['no_such_activity', 'not_open_yet', 'registration_closed', 'activity_cancelled'];
/** Another group of it may do. */
const groupWillNotDo = ['no_such_group', 'form_changed', 'group_full', 'condition_unmet', 'shift_overlap'];

const forms: FormInput[] = [
  {
    id: 'register-activity',
    title: '活动报名',
    words: ['活动报名', '报名', '活动', '我要报名', '报名活动', '参加活动', '买票', '订票'],
    privacy,
    steps: [
      {
        key: 'activity',
        type: 'choice',
        label: '活动',
        question: '想报哪个活动？',
        options: { ask: 'activities.open' },
        asksAgainOn: [...activityIsGone, 'person_limit'],
      },
      {
        key: 'group',
        type: 'choice',
        label: '组别',
        question: '报哪一组？',
        options: { ask: 'activities.groups' },
        onAnswer: 'activities.questions',
        asksAgainOn: groupWillNotDo,
      },
      {
        key: 'name',
        type: 'text',
        label: '姓名',
        question: '来参加的人叫什么？请填身份证上的姓名。',
        max: 30,
        personal: true,
        asksAgainOn: ['bad_name'],
      },
      {
        key: 'idNumber',
        type: 'idNumber',
        label: '身份证号',
        question: '请填参加人的身份证号，18 位。',
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
    ],
    review: '{terms}',
    submit: 'activities.register',
    done: '{text}',
    draftDays: 1,
  },
  {
    id: 'my-registrations',
    title: '我的报名',
    words: ['我的报名', '我的活动', '我的票', '报名查询', '查询报名', '查报名'],
    steps: [],
    submit: 'activities.mine',
    done: '{text}',
    draftDays: 0,
  },
  {
    id: 'cancel-registration',
    title: '取消报名',
    words: ['取消报名', '退报名', '退票'],
    steps: [
      {
        key: 'registration',
        type: 'choice',
        label: '不去的',
        question: '取消哪一个？',
        options: { ask: 'activities.cancellable' },
        asksAgainOn: ['refund_changed'],
      },
    ],
    review: '确定不参加了吗？回复“确认”才会取消：',
    submit: 'activities.cancel',
    done: '{text}',
    left: '没有取消，您的报名还在。',
    draftDays: 0,
  },
  {
    id: 'accept-registration',
    title: '接受活动名额',
    words: ['接受活动名额', '接受活动', '接受报名名额'],
    steps: [
      {
        key: 'registration',
        type: 'choice',
        label: '名额',
        question: '接受哪一个？',
        options: { ask: 'activities.offers' },
      },
    ],
    reviewed: false,
    submit: 'activities.accept',
    done: '{text}',
    draftDays: 0,
  },
];

/** 活动报名, 我的报名, 取消报名 and 接受活动名额. */
export const activityForms: readonly Form[] = forms.map((form) => formSchema.parse(form));
