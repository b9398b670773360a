import type { Heard } from './hear-dangers.js';

/**
 * What the model looks at, each once: every character and every pair, the ends of the text included; the danger words
 * by how much they say and what stands around them, never by which they are, so that a word that a clerk adds counts
 * at once; the signs. The names of what is no piece of the text begin with `@`.
 */
export function dangerFeatures(heard: Heard): Set<string> {
  const features = textFeatures(heard.text);
  features.add(`@length${Math.min(LONG, Math.floor(heard.text.length / LENGTH_STEP))}`);
  for (const { value } of heard.signs) features.add(`@${value}`);
  if (heard.isExcused) features.add('@excused');
  if (heard.dangers.length === 0) features.add('@nothing');
  for (const { tier, form, isCry, now, calm, isAsked } of heard.dangers) {
    features.add(`@${tier}`).add(`@${form}`).add(`@now${now}`).add(`@calm${calm}`);
    features.add(`@${tier}-now${now}-calm${calm}`);
    if (isAsked) features.add(`@${tier}-asked`);
    if (isCry) features.add(`@${tier}-cry`);
  }
  return features;
}

/** In characters. */
const LENGTH_STEP = 8;
const LONG = 6;

function textFeatures(text: string): Set<string> {
  const framed = `^${text}$`;
  const features = new Set<string>();
  for (let position = 0; position < framed.length - 1; position += 1) {
    features.add(framed.charAt(position));
    features.add(framed.slice(position, position + 2));
  }
  return features;
}
