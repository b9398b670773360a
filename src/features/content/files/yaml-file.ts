import { LineCounter, isAlias, isMap, isNode, isScalar, parseDocument, visit, type Document } from 'yaml';
import type { ContentPath } from '../lint/finding.js';
import { faultSentences, yamlProblems } from './fault-sentences.js';
import type { Fault, Position } from './fault.js';

/** A file that is well-formed YAML: its value, and where each part of it stands. */
export interface YamlFile {
  value: unknown;
  /** Where the value at `path` stands; for one that is absent, the nearest that holds it. */
  locate(path: ContentPath): Position;
  /** Where the key itself stands, in the map at `path`. */
  locateKey(path: ContentPath, key: string): Position;
}

/** Reads YAML 1.2 (core schema) without tags, anchors, aliases and repeated keys. */
export function parseYamlFile(file: string, text: string): YamlFile | { faults: Fault[] } {
  const lines = new LineCounter();
  const document = parseShallow(text, lines);
  if (!document) {
    return {
      faults: [
        { file, line: 1, column: 1, rule: 'nested_too_deep', message: faultSentences.nested_too_deep() },
      ],
    };
  }
  const positionOf = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const faults = [...findSyntaxFaults(document, positionOf), ...findAliases(document, positionOf)];
  if (faults.length > 0) return { faults };
  return {
    value: document.toJS({ maxAliasCount: 0 }),
    locate: (path) => positionOf(offsetOf(document, path)),
    locateKey: (path, key) => positionOf(keyOffset(document, path, key) ?? offsetOf(document, path)),
  };
}

/** The parser recurses, so a file of brackets alone would exhaust the stack. */
function parseShallow(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: true,
      schema: 'core',
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function findSyntaxFaults(document: Document.Parsed, positionOf: (offset: number) => Position): Fault[] {
  return [...document.errors, ...document.warnings].map((problem): Fault => {
    const position = positionOf(problem.pos[0]);
    if (problem.code === 'DUPLICATE_KEY') {
      return { ...position, rule: 'duplicate_key', message: faultSentences.duplicate_key() };
    }
    if (problem.code === 'TAG_RESOLVE_FAILED') {
      return { ...position, rule: 'tag_refused', message: faultSentences.tag_refused() };
    }
    const message = faultSentences.yaml_syntax(yamlProblems[problem.code] ?? problem.message);
    return { ...position, rule: 'yaml_syntax', message };
  });
}

function findAliases(document: Document.Parsed, positionOf: (offset: number) => Position): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Node(_key, node) {
      if (!isAlias(node) && node.anchor === undefined && node.tag === undefined) return;
      const refused = isAlias(node) || node.anchor !== undefined ? 'alias_refused' : 'tag_refused';
      faults.push({ ...positionOf(node.range?.[0] ?? 0), rule: refused, message: faultSentences[refused]() });
    },
  });
  return faults;
}

function offsetOf(document: Document.Parsed, path: ContentPath): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function keyOffset(document: Document.Parsed, path: ContentPath, key: string): number | undefined {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(map)) return undefined;
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === key);
  return isNode(pair?.key) ? pair.key.range?.[0] : undefined;
}
