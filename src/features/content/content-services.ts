import type { Clock } from '../../core/clock.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { Form } from '../../dialog/forms/form-model.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import { ContentService } from './content-service.js';
import { DraftChecks } from './draft/draft-checks.js';
import { DraftEditor } from './draft/draft-editor.js';
import { DraftLookup } from './draft/draft-lookup.js';
import { DraftQuestions } from './draft/draft-questions.js';
import { DraftService } from './draft/draft-service.js';
import { DraftTree } from './draft/draft-tree.js';
import { Snapshots } from './draft/snapshots.js';
import { WholeDraftWriter } from './draft/whole-draft-writer.js';
import type { DraftStore } from './draft-store.js';
import type { FrozenContentStore } from './frozen-content-store.js';
import { DraftPhone } from './phone/draft-phone.js';
import type { ReleaseStore } from './release-store.js';
import { ReleaseDesk } from './review/release-desk.js';
import { ReleasePublisher } from './review/release-publisher.js';
import { ReviewService } from './review/review-service.js';
import { Submitter } from './review/submitter.js';
import type { SnapshotStore } from './snapshot-store.js';
import type { SubmissionStore } from './submission-store.js';
import type { ContentWork } from './work/content-work.js';

export interface ContentServicesParts {
  transactions: TransactionRunner;
  drafts: DraftStore;
  releases: ReleaseStore;
  contents: FrozenContentStore;
  submissions: SubmissionStore;
  snapshots: SnapshotStore;
  audit: Pick<AuditTrail, 'append'>;
  work: ContentWork;
  clock: Clock;
  forms: readonly Form[];
  newId: () => string;
}

/** What is done with content, from the first edit to the way back. */
export interface ContentServices {
  contentService: ContentService;
  draftService: DraftService;
  draftChecks: DraftChecks;
  draftLookup: DraftLookup;
  draftPhone: DraftPhone;
  draftQuestions: DraftQuestions;
  snapshots: Snapshots;
  submitter: Submitter;
  reviewService: ReviewService;
  releaseDesk: ReleaseDesk;
}

/** Puts the services together on any stores. */
export function assembleContentServices(parts: ContentServicesParts): ContentServices {
  const editor = new DraftEditor(parts);
  const wholes = new WholeDraftWriter({ ...parts, editor });
  const publisher = new ReleasePublisher(parts);
  const tree = new DraftTree({ ...parts, editor });
  const snapshots = new Snapshots({ ...parts, wholes });
  return {
    contentService: new ContentService({ ...parts, wholes, publisher }),
    draftService: new DraftService({ ...parts, editor, tree, wholes }),
    draftChecks: new DraftChecks(parts),
    draftLookup: new DraftLookup({ ...parts, wholes }),
    draftPhone: new DraftPhone(parts),
    draftQuestions: new DraftQuestions({ ...parts, editor, tree, wholes }),
    snapshots,
    submitter: new Submitter(parts),
    reviewService: new ReviewService({ ...parts, publisher }),
    releaseDesk: new ReleaseDesk({ ...parts, editor, snapshots, publisher }),
  };
}
