import type { DraftItem } from './draft-store.js';
import type { DraftDiff } from './draft/draft-checks.js';
import type { FoundNode } from './draft/draft-lookup.js';
import type { DraftOutcome } from './draft/draft-editor.js';
import { titleOfItem } from './items/content-item.js';
import type { ContentChange } from './items/diff-content.js';
import type { LivePointer, StoredRelease } from './release-store.js';
import { stageOf, type Submission } from './review/submission.js';
import type { Snapshot } from './snapshot-store.js';

/** An item that is there, as the staff API shows it. */
export function presentItem({ kind, id, content, version, updatedAt, updatedBy }: DraftItem) {
  const value = content?.value ?? null;
  const title = titleOfItem({ kind, id, value });
  return { kind, id, title, version, updatedAt: updatedAt.toISOString(), updatedBy, value };
}

export function presentOutcome({ revision, items }: DraftOutcome) {
  return {
    revision,
    items: items.filter(({ content }) => content !== null).map(presentItem),
    removed: items.filter(({ content }) => content === null).map(({ kind, id }) => ({ kind, id })),
  };
}

export function presentFoundNode({ item, above, word }: FoundNode) {
  const node = item.content?.kind === 'node' ? item.content.value : undefined;
  return {
    id: item.id,
    number: node?.number ?? 0,
    title: node?.title ?? item.id,
    above: above.map(({ id, number, title }) => ({ id, number, title })),
    ...(word !== undefined && { word }),
  };
}

/** More are read by nobody, and would make a large answer. */
const mostChangesListed = 2_000;

export function presentChanges(changes: readonly ContentChange[]) {
  return { total: changes.length, changes: changes.slice(0, mostChangesListed) };
}

export function presentDraftDiff({ changes, weighty, authors, ...diff }: DraftDiff) {
  const listed = presentChanges(changes);
  const weightyOnes = new Set(weighty);
  return {
    ...diff,
    ...listed,
    weighty: weighty.length,
    changes: listed.changes.map((change) => ({ ...change, isWeighty: weightyOnes.has(change) })),
    authors,
  };
}

export function presentLive({ number, hash, updatedAt }: LivePointer) {
  return { number, hash, updatedAt: updatedAt.toISOString() };
}

export function presentRelease({ publishedAt, ...release }: StoredRelease) {
  return { ...release, publishedAt: publishedAt.toISOString() };
}

export function presentSnapshot({ at, ...snapshot }: Snapshot) {
  return { ...snapshot, at: at.toISOString() };
}

export function presentSubmission(submission: Submission) {
  const { submittedAt, approvals, outcome, ...rest } = submission;
  return {
    ...rest,
    due: rest.state === 'pending' ? (stageOf(submission) ?? null) : null,
    submittedAt: submittedAt.toISOString(),
    approvals: approvals.map(({ at, ...approval }) => ({ ...approval, at: at.toISOString() })),
    outcome: outcome ? { ...outcome, at: outcome.at.toISOString() } : null,
  };
}
