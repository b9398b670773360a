import {
  liveSchema,
  reasonSchema,
  releaseDiffQuerySchema,
  releaseDiffSchema,
  releaseListSchema,
  releaseRepliesQuerySchema,
  releaseRepliesSchema,
  releaseSchema,
  releasesQuerySchema,
} from '../../../api-types/content-review.js';
import {
  draftViewSchema,
  filesSchema,
  restoredSchema,
  restoreSchema,
  snapshotListSchema,
  snapshotNameSchema,
  snapshotSchema,
} from '../../../api-types/content.js';
import { defineCall } from '../shared/define-call.js';

const releases = '/accounts/:accountId/releases';
const release = `${releases}/:number` as const;
const snapshots = '/accounts/:accountId/draft/snapshots';

export const listReleases = defineCall({
  method: 'get',
  path: releases,
  query: releasesQuerySchema,
  response: releaseListSchema,
});
export const readRelease = defineCall({ method: 'get', path: release, response: releaseSchema });
export const readReleaseDiff = defineCall({
  method: 'get',
  path: `${release}/diff`,
  query: releaseDiffQuerySchema,
  response: releaseDiffSchema,
});
export const readReleaseFiles = defineCall({
  method: 'get',
  path: `${release}/files`,
  response: filesSchema,
});
export const findReleaseReplies = defineCall({
  method: 'get',
  path: `${release}/replies`,
  query: releaseRepliesQuerySchema,
  response: releaseRepliesSchema,
});
export const rollBack = defineCall({
  method: 'post',
  path: `${release}/rollback`,
  body: reasonSchema,
  response: liveSchema,
});
export const withdrawReply = defineCall({
  method: 'post',
  path: '/accounts/:accountId/replies/:id/withdraw',
  body: reasonSchema,
  response: liveSchema,
});

export const readDraft = defineCall({
  method: 'get',
  path: '/accounts/:accountId/draft',
  response: draftViewSchema,
});
export const listSnapshots = defineCall({ method: 'get', path: snapshots, response: snapshotListSchema });
export const keepSnapshot = defineCall({
  method: 'post',
  path: snapshots,
  body: snapshotNameSchema,
  response: snapshotSchema,
});
export const restoreSnapshot = defineCall({
  method: 'post',
  path: `${snapshots}/:id/restore`,
  body: restoreSchema,
  response: restoredSchema,
});
