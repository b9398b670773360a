import type { Form, FormInput } from '../../src/dialog/forms/form-model.js';
import type { DialogRequest, JsonRecord, RequestOutcome } from '../../src/dialog/request.js';
import { buildForm } from './form-builder.js';

/** A form whose first choices only a service knows: a hall, and a time that is kept as soon as it is chosen. */
export function buildLiveForm(overrides: Partial<FormInput> = {}): Form {
  return buildForm({
    id: 'visit',
    title: '来访',
    words: ['来访'],
    intro: undefined,
    steps: [
      { key: 'hall', type: 'choice', label: '大厅', question: '哪个大厅？', options: { ask: 'visit.halls' } },
      {
        key: 'time',
        type: 'choice',
        label: '时间',
        question: '几点？',
        options: { ask: 'visit.times' },
        onAnswer: 'visit.keep',
        asksAgainOn: ['too_late'],
      },
      { key: 'phone', type: 'phone', label: '电话', question: '请留电话。', personal: true },
    ],
    submit: 'visit.book',
    leave: 'visit.drop',
    done: '约好了，{time}。',
    ...overrides,
  });
}

export type OptionFacts = { value: string; label: string } & JsonRecord;

export function option(value: string, more: JsonRecord = {}): OptionFacts {
  return { value, label: `第${value}项`, ...more };
}

/** Answers requests by their names from lists that a test changes; whatever else is asked is done. */
export class LiveService {
  readonly requests: DialogRequest[] = [];
  readonly outcomes: Record<string, RequestOutcome | undefined> = {};

  /** What `name` offers from now on. */
  offer(name: string, options: readonly OptionFacts[], sentence?: string): this {
    const facts = { options, ...(sentence !== undefined && { sentence }) };
    this.outcomes[name] = { kind: 'done', facts };
    return this;
  }

  refuse(name: string, sentence: string, code = 'no'): this {
    this.outcomes[name] = { kind: 'refused', code, sentence };
    return this;
  }

  accept(name: string, facts: JsonRecord = {}): this {
    this.outcomes[name] = { kind: 'done', facts };
    return this;
  }

  readonly answer = (request: DialogRequest): RequestOutcome => {
    this.requests.push(request);
    return this.outcomes[request.name] ?? { kind: 'done', facts: {} };
  };

  /** The payloads of the requests of that name. */
  payloadsOf(name: string): JsonRecord[] {
    return this.requests.filter((request) => request.name === name).map(({ payload }) => payload);
  }
}
