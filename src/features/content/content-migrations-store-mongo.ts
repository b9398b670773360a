import type { mongo } from 'mongoose';
import { contentSchema } from '../../dialog/content-model.js';
import type { Migration } from '../../storage/migrations.js';
import type { MongoDatabase } from '../../storage/mongo-connection.js';
import { prepareDraftCollections } from './draft-store-mongo.js';
import { insertFrozen, prepareFrozenContents } from './frozen-content-store-mongo.js';
import { freezeContent } from './items/frozen-content.js';
import { releaseMigration } from './release-store-mongo.js';
import { prepareSnapshots } from './snapshot-store-mongo.js';
import { pendingSubmissionMigration, prepareSubmissions } from './submission-store-mongo.js';

/** A release as it was kept before content was frozen in lines. */
interface EarlierRelease {
  accountId: string;
  number: number;
  content?: unknown;
  /** Was a name; is a person. */
  publishedBy: unknown;
}

/** A draft, when it was one document. */
interface EarlierDraft {
  /** The account. */
  _id: string;
  content: unknown;
  revision: number;
  updatedAt: Date;
  updatedBy: string;
}

const itemsMigration: Migration = {
  id: 'content-0002-items',
  async up(db) {
    await prepareDraftCollections(db);
    await prepareFrozenContents(db);
    await prepareSubmissions(db);
    await prepareSnapshots(db);
    await freezeReleases(db);
    await keepDraftsAsSnapshots(db);
  },
};

async function freezeReleases(db: MongoDatabase): Promise<void> {
  const releases = db.collection<EarlierRelease>('releases');
  for await (const release of releases.find({ content: { $exists: true } })) {
    const frozen = await freezeContent(contentSchema.parse(release.content));
    const { accountId, number, publishedBy } = release;
    const { hash } = frozen;
    await insertFrozen(db, accountId, frozen);
    await db.collection('live_releases').updateOne(pointerTo(accountId, number), { $set: { hash } });
    const origin = { kind: number === 1 ? 'initial' : 'operator' };
    await releases.updateOne(
      { accountId, number },
      { $set: { hash, origin, publishedBy: personCalled(String(publishedBy)) }, $unset: { content: '' } },
    );
  }
}

function pointerTo(accountId: string, number: number): mongo.Filter<mongo.Document> {
  return { $expr: { $eq: ['$_id', { $literal: accountId }] }, number };
}

/** The draft begins anew as what is live; what was in work can be restored. */
async function keepDraftsAsSnapshots(db: MongoDatabase): Promise<void> {
  for await (const draft of db.collection<EarlierDraft>('drafts').find()) {
    const frozen = await freezeContent(contentSchema.parse(draft.content));
    const { _id: accountId, revision: draftRevision, updatedAt: at, updatedBy } = draft;
    await insertFrozen(db, accountId, frozen);
    const id = 'before-items';
    const snapshot = { id, accountId, name: '升级之前的草稿', hash: frozen.hash, draftRevision, at };
    await db
      .collection('draft_snapshots')
      .updateOne({ accountId, id }, { $set: { ...snapshot, by: personCalled(updatedBy) } }, { upsert: true });
  }
}

function personCalled(name: string) {
  return { staffId: name, name };
}

export const contentMigrations: readonly Migration[] = [
  releaseMigration,
  itemsMigration,
  pendingSubmissionMigration,
];
