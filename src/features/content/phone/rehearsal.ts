import { isLive, type Form, type LiveOption, type LiveStep } from '../../../dialog/forms/form-model.js';
import type { DialogRequest, JsonRecord } from '../../../dialog/request.js';

/** What stands for the result of a service; nothing that the staff could take for one. */
const rehearsalTexts = {
  done: '（试用手机：没有真的办理。市民在这里看到办理的结果。）',
  fact: '（示例）',
  option: (label: string, number: string) => `示例${label}${number}`,
} as const;

const sampleNumbers = ['一', '二'] as const;

/**
 * Answers in the stead of the services, so that staff can walk through the forms of the draft: what can be chosen are
 * samples that say so, and nothing is carried out.
 */
export class Rehearsal {
  readonly #forms: readonly Form[];

  constructor(forms: readonly Form[]) {
    this.#forms = forms;
  }

  answer({ name, payload }: DialogRequest): JsonRecord {
    const form = this.#forms.find(({ id }) => id === payload['form']);
    const step = form?.steps.filter(isLive).find(({ options }) => options.ask === name);
    if (step) return { options: sampleOptions(step), sentence: rehearsalTexts.done };
    return form?.submit === name ? sampleFacts(form) : {};
  }
}

function sampleOptions({ label }: LiveStep): (Pick<LiveOption, 'value' | 'label'> & { words: string[] })[] {
  return sampleNumbers.map((number, index) => ({
    value: `sample-${index + 1}`,
    label: rehearsalTexts.option(label, number),
    words: [],
  }));
}

/** Whatever the form says of the outcome when it was accepted. */
function sampleFacts({ done }: Form): JsonRecord {
  const names = Array.from(done.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);
  const isAll = done === `{${names[0]}}`;
  return Object.fromEntries(names.map((name) => [name, isAll ? rehearsalTexts.done : rehearsalTexts.fact]));
}
