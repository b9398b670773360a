import {
  audienceChoicesSchema,
  audienceSampleSchema,
  audienceSettingsEditSchema,
  audienceSettingsSchema,
  audienceSizeSchema,
  followerTagsSchema,
  newSegmentSchema,
  newTaggingSchema,
  newTagSchema,
  segmentEditSchema,
  segmentListSchema,
  segmentRemovalSchema,
  segmentRulesSchema,
  segmentSchema,
  synchronisationSchema,
  synchronisationsSchema,
  taggingListSchema,
  taggingSchema,
  tagNameSchema,
} from '../../../api-types/audience.js';
import { defineCall } from '../shared/define-call.js';

const base = '/accounts/:accountId/audience';

export const listSegments = defineCall({
  method: 'get',
  path: `${base}/segments`,
  response: segmentListSchema,
});
export const createSegment = defineCall({
  method: 'post',
  path: `${base}/segments`,
  body: newSegmentSchema,
  response: segmentSchema,
});
export const changeSegment = defineCall({
  method: 'put',
  path: `${base}/segments/:id`,
  body: segmentEditSchema,
  response: segmentSchema,
});
export const removeSegment = defineCall({
  method: 'delete',
  path: `${base}/segments/:id`,
  query: segmentRemovalSchema,
});
export const readSize = defineCall({
  method: 'post',
  path: `${base}/size`,
  body: segmentRulesSchema,
  response: audienceSizeSchema,
});
export const readSample = defineCall({
  method: 'post',
  path: `${base}/sample`,
  body: segmentRulesSchema,
  response: audienceSampleSchema,
});
export const readChoices = defineCall({
  method: 'get',
  path: `${base}/choices`,
  response: audienceChoicesSchema,
});

export const listTags = defineCall({ method: 'get', path: `${base}/tags`, response: followerTagsSchema });
export const createTag = defineCall({
  method: 'post',
  path: `${base}/tags`,
  body: tagNameSchema,
  response: newTagSchema,
});
export const renameTag = defineCall({ method: 'put', path: `${base}/tags/:tagId`, body: tagNameSchema });
export const removeTag = defineCall({ method: 'delete', path: `${base}/tags/:tagId` });

export const listTaggings = defineCall({
  method: 'get',
  path: `${base}/taggings`,
  response: taggingListSchema,
});
export const startTagging = defineCall({
  method: 'post',
  path: `${base}/taggings`,
  body: newTaggingSchema,
  response: taggingSchema,
});

export const readSynchronisation = defineCall({
  method: 'get',
  path: `${base}/synchronisation`,
  response: synchronisationsSchema,
});
export const startSynchronisation = defineCall({
  method: 'post',
  path: `${base}/synchronisation`,
  response: synchronisationSchema,
});

export const readAudienceSettings = defineCall({
  method: 'get',
  path: `${base}/settings`,
  response: audienceSettingsSchema,
});
export const putAudienceSettings = defineCall({
  method: 'put',
  path: `${base}/settings`,
  body: audienceSettingsEditSchema,
  response: audienceSettingsSchema,
});
