import { createHash } from 'node:crypto';
import { foldForKeywords } from '../../text/keyword-index.js';
import type { Form, FormStep } from './form-model.js';

/** A form with the names of its versions. */
export interface CompiledForm extends Form {
  /** Changes whenever an answer might mean something else. */
  readonly version: string;
  /** Names the privacy notice, while no request has brought steps along. */
  readonly notice: string;
}

export interface CompiledForms {
  readonly byId: ReadonlyMap<string, CompiledForm>;
  /** By the folded text that opens it. */
  readonly byWord: ReadonlyMap<string, CompiledForm>;
}

/** @throws Error if two forms share an id or a word: a fault of the program. */
export function compileForms(forms: readonly Form[]): CompiledForms {
  const byId = new Map<string, CompiledForm>();
  const byWord = new Map<string, CompiledForm>();
  for (const form of forms) {
    const compiled = compileForm(form);
    putOnce(byId, form.id, compiled);
    for (const word of form.words) putOnce(byWord, foldForKeywords(word), compiled);
  }
  return { byId, byWord };
}

/** The steps that collect personal information. */
export function personalSteps(steps: readonly FormStep[]): FormStep[] {
  return steps.filter(({ personal }) => personal);
}

/** Names the privacy notice word for word, with the fields that it speaks of. */
export function nameNotice({ privacy }: Pick<Form, 'privacy'>, steps: readonly FormStep[]): string {
  const fields = personalSteps(steps).map(({ label }) => label);
  return digest({ privacy, fields });
}

function compileForm(form: Form): CompiledForm {
  return { ...form, version: digest(form.steps), notice: nameNotice(form, form.steps) };
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);
}

function putOnce<Value>(map: Map<string, Value>, key: string, value: Value): void {
  if (map.has(key)) throw new Error(`two forms are called ${key}`);
  map.set(key, value);
}
