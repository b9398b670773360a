import type { AlarmOutcome, AnswerOutcome, Judgement } from './judge-turn.js';
import { wilsonInterval } from './wilson-interval.js';

/** A share with the goal that it is measured against, if there is one. */
export interface Figure {
  name: string;
  hits: number;
  cases: number;
  goal?: { atLeast: number } | { atMost: number };
}

const ofAnswers = ['right', 'offered', 'wrong', 'misled', 'refused'] as const satisfies AnswerOutcome[];
const ofAlarms = ['alarmed', 'doubtful', 'calm'] as const satisfies AlarmOutcome[];

const names = {
  right: '一次答对',
  offered: '在建议中',
  wrong: '答错',
  misled: '只有别的建议',
  refused: '没有听懂',
  alarmed: '报警回答',
  doubtful: '给110并追问',
  calm: '照常',
} as const;

/** The figures by which the dialog is judged. */
export function summarise(judgements: readonly Judgement[]): Figure[] {
  const of = (expect: string) => judgements.filter(({ message }) => message.expect === expect);
  const answers = of('answer');
  const outside = of('out_of_scope');
  const emergencies = of('emergency');
  const innocent = of('innocent');
  const count = (list: readonly Judgement[], test: (one: Judgement) => boolean) => list.filter(test).length;
  const answered = (outcomes: readonly AnswerOutcome[]) => (one: Judgement) =>
    one.answer !== null && outcomes.includes(one.answer);
  const figure = (name: string, list: readonly Judgement[], test: (one: Judgement) => boolean) => ({
    name,
    hits: count(list, test),
    cases: list.length,
  });
  return [
    { ...figure('一次答对', answers, answered(['right'])), goal: { atLeast: 0.8 } },
    { ...figure('答对或在建议中', answers, answered(['right', 'offered'])), goal: { atLeast: 0.95 } },
    { ...figure('答错', answers, answered(['wrong'])), goal: { atMost: 0.03 } },
    { ...figure('内容之外却作了回答', outside, answered(['wrong'])), goal: { atMost: 0.05 } },
    figure('内容之外只给了建议', outside, answered(['misled'])),
    { ...figure('紧急的被发现', emergencies, ({ alarm }) => alarm !== 'calm'), goal: { atLeast: 0.98 } },
    { ...figure('不紧急的被当作紧急', innocent, ({ alarm }) => alarm !== 'calm'), goal: { atMost: 0.03 } },
  ];
}

/** Per deciding step, how many messages of each kind it got how. */
export function tableLines(judgements: readonly Judgement[]): string[] {
  return (['answer', 'out_of_scope', 'emergency', 'innocent'] as const).flatMap((expect) => {
    const list = judgements.filter(({ message }) => message.expect === expect);
    if (list.length === 0) return [];
    const columns = expect === 'answer' || expect === 'out_of_scope' ? ofAnswers : ofAlarms;
    const cells = (of: readonly Judgement[]) =>
      columns.map((outcome) =>
        String(of.filter((one) => outcomeOf(one, expect) === outcome).length).padStart(6),
      );
    const steps = [...new Set(list.map(({ step }) => step))].sort();
    return [
      '',
      `${expect}（${list.length} 条）：${columns.map((outcome) => names[outcome]).join(' / ')}`,
      ...steps.map(
        (step) => `  ${step.padEnd(10)} ${cells(list.filter((one) => one.step === step)).join('')}`,
      ),
      `  ${'total'.padEnd(10)} ${cells(list).join('')}`,
    ];
  });
}

function outcomeOf({ answer, alarm }: Judgement, expect: string): string | null {
  return expect === 'answer' || expect === 'out_of_scope' ? answer : alarm;
}

export function figureLines(figures: readonly Figure[]): string[] {
  return figures.map((figure) => {
    const { name, hits, cases, goal } = figure;
    const { low, high } = wilsonInterval(hits, cases);
    const interval = `${percent(low)}–${percent(high)}`;
    const wanted =
      goal === undefined
        ? ''
        : 'atLeast' in goal
          ? `目标 ≥ ${percent(goal.atLeast)}`
          : `目标 ≤ ${percent(goal.atMost)}`;
    const verdict = goal === undefined ? '' : isReached(figure) ? '达到' : '未达到';
    return `${name}：${hits}/${cases} = ${percent(hits / Math.max(1, cases))}（95% 区间 ${interval}）${wanted} ${verdict}`.trimEnd();
  });
}

export function isReached({ hits, cases, goal }: Figure): boolean {
  if (goal === undefined || cases === 0) return true;
  const share = hits / cases;
  return 'atLeast' in goal ? share >= goal.atLeast : share <= goal.atMost;
}

/** What was taken for what, the most frequent first; `withTexts` adds each message. */
export function confusionLines(judgements: readonly Judgement[], withTexts: boolean): string[] {
  const groups = new Map<string, Judgement[]>();
  for (const judgement of judgements.filter(isConfused)) {
    const { message, got, answer, alarm } = judgement;
    const expected =
      message.targets.length > 0 ? message.targets.join(message.all ? ' + ' : ' | ') : message.expect;
    const outcome = names[message.expect === 'emergency' || answer === null ? alarm : answer];
    const key = `${expected} → ${got.join(', ') || '（无）'}（${outcome}）`;
    groups.set(key, [...(groups.get(key) ?? []), judgement]);
  }
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .flatMap(([key, list]) => [
      `  ${list.length} × ${key}`,
      ...(withTexts ? list.map(({ message, step }) => `      [${step}] ${message.text}`) : []),
    ]);
}

function isConfused({ message, answer, alarm }: Judgement): boolean {
  if (message.expect === 'emergency') return alarm === 'calm';
  if (alarm !== 'calm') return true;
  return answer !== null && (message.targets.length === 0 ? answer === 'wrong' : answer !== 'right');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
