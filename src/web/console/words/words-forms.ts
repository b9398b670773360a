import {
  emergencySchema,
  outsideSchema,
  sensitiveSchema,
  synonymsSchema,
} from '../../../api-types/content-values.js';
import type { DangerTier } from '../draft/content-words.js';
import { tidyLines } from '../draft/edit-lines.js';

/** A group of synonyms is a row: `身份证、身分证、二代证`; the first is the one that is understood. */
export function readSynonyms(value: unknown): string[] {
  return synonymsSchema.parse(value).map((group) => group.join('、'));
}

export function writeSynonyms(lines: readonly string[]): string[][] {
  return tidyLines(lines).map((line) => [...new Set(tidyLines(line.split(/[、，,;；|]/)))]);
}

export function readOutside(value: unknown): string[] {
  return outsideSchema.parse(value);
}

export interface SensitiveForm {
  outgoing: string[];
  incoming: string[];
}

export function readSensitive(value: unknown): SensitiveForm {
  return sensitiveSchema.parse(value);
}

export function writeSensitive({ outgoing, incoming }: SensitiveForm): SensitiveForm {
  return { outgoing: tidyLines(outgoing), incoming: tidyLines(incoming) };
}

export interface EmergencyKindForm extends Record<DangerTier, string[]> {
  id: string;
  title: string;
  reply: string;
  dial: string[];
}

export interface EmergencyForm {
  reply: string;
  calm: string;
  words: string[];
  kinds: EmergencyKindForm[];
  innocent: string[];
}

export function readEmergency(value: unknown): EmergencyForm {
  const { calm = '', ...rest } = emergencySchema.parse(value);
  return { calm, ...rest };
}

export function writeEmergency({
  reply,
  calm,
  words,
  kinds,
  innocent,
}: EmergencyForm): Record<string, unknown> {
  return {
    reply,
    ...(calm !== '' && { calm }),
    words: tidyLines(words),
    kinds: kinds.map((kind) => ({
      ...kind,
      title: kind.title.trim(),
      dial: tidyLines(kind.dial),
      certain: tidyLines(kind.certain),
      events: tidyLines(kind.events),
      withSign: tidyLines(kind.withSign),
      doubtful: tidyLines(kind.doubtful),
    })),
    innocent: tidyLines(innocent),
  };
}

/** A kind of emergency that is yet to be described; its id is free among the others. */
export function beginKind(kinds: readonly EmergencyKindForm[]): EmergencyKindForm {
  const taken = new Set(kinds.map(({ id }) => id));
  let next = kinds.length + 1;
  while (taken.has(`kind-${next}`)) next += 1;
  return {
    id: `kind-${next}`,
    title: '',
    reply: '',
    dial: [],
    certain: [],
    events: [],
    withSign: [],
    doubtful: [],
  };
}
