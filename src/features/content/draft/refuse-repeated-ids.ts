import type { Content } from '../../../dialog/content-model.js';
import { contentHasFaults } from '../content-errors.js';
import { checkIds } from '../lint/check-structure.js';
import { placeNodes } from '../lint/lint-subject.js';

/** Two things under one id cannot be told apart as items. @throws UserError `content_has_faults` */
export function refuseRepeatedIds(content: Content): void {
  const findings = [...checkIds({ content, nodes: [...placeNodes(content.tree, ['tree'])] })];
  if (findings.length > 0) throw contentHasFaults(findings);
}
