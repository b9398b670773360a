import { buttonKey } from '../../../dialog/button-key.js';
import type { Content, Target } from '../../../dialog/content-model.js';
import type { Form } from '../../../dialog/forms/form-model.js';
import { contentLimits } from '../content-limits.js';
import { titleOfItem } from '../items/content-item.js';
import type { Where } from '../lint/finding.js';
import { at, findReferences, prepareSubject, settingsReplies } from '../lint/lint-subject.js';

/** A piece of the content that leads to something. */
export interface Use extends Where {
  /** Under which name a clerk knows the piece. */
  title: string;
}

/** Everything in the content that leads to a target. Pure. */
export function listUses(content: Content, target: Target, forms: readonly Form[]): Use[] {
  const wanted = buttonKey(target);
  const titles = collectTitles(content);
  const references = [...findReferences(prepareSubject(content, 0, contentLimits, forms))]
    .filter((reference) => buttonKey(reference.target) === wanted)
    .map(({ where }) => where);
  const settings = settingsReplies
    .filter((field) => 'reply' in target && content.settings[field] === target.reply)
    .map((field) => at('settings', 'settings', ['settings'], field));
  return [...references, ...settings].map((where) => ({
    ...where,
    title: titles.get(`${where.kind} ${where.id}`) ?? where.id,
  }));
}

function collectTitles(content: Content): Map<string, string> {
  const titles = new Map<string, string>([
    ['settings settings', titleOfItem({ kind: 'settings', id: 'settings', value: content.settings })],
    ['emergency emergency', titleOfItem({ kind: 'emergency', id: 'emergency', value: content.emergency })],
  ]);
  const addNodes = (nodes: Content['tree']) => {
    for (const { id, title, children } of nodes) {
      titles.set(`node ${id}`, title);
      addNodes(children);
    }
  };
  addNodes(content.tree);
  for (const value of content.rules)
    titles.set(`rule ${value.id}`, titleOfItem({ kind: 'rule', id: value.id, value }));
  for (const { scene, title } of content.scenes) titles.set(`scene ${scene}`, title);
  return titles;
}
