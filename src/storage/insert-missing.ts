import { mongo } from 'mongoose';
import { duplicateKeyCode } from './duplicate-key.js';

/** Inserts those documents that no unique index refuses: what is there already stays as it is. */
export async function insertMissing<Document extends mongo.Document>(
  collection: mongo.Collection<Document>,
  documents: readonly mongo.OptionalUnlessRequiredId<Document>[],
): Promise<void> {
  try {
    await collection.insertMany(documents, { ordered: false });
  } catch (error) {
    if (!(error instanceof mongo.MongoBulkWriteError) || !isOnlyDuplicates(error)) throw error;
  }
}

function isOnlyDuplicates({ writeErrors }: mongo.MongoBulkWriteError): boolean {
  const errors = Array.isArray(writeErrors) ? writeErrors : [writeErrors];
  return errors.every(({ code }) => code === duplicateKeyCode);
}
