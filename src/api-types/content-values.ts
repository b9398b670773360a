/** What the `value` of an item may be, for pages that edit it: the schemas by which the server judges it, too. */
import { z } from 'zod';

export {
  buttonMenuSchema,
  emergencySchema,
  keywordRuleSchema,
  outsideSchema,
  replySchema,
  sceneSchema,
  sensitiveSchema,
  settingsSchema,
  synonymsSchema,
  type ButtonMenu,
  type KeywordRule,
  type ReplyContent,
  type Target,
} from '../dialog/content-model.js';

/** A node by itself; it names the node above it. */
export const nodeValueSchema = z.object({
  id: z.string(),
  /** Absent on the first level. */
  parent: z.string().optional(),
  number: z.int(),
  title: z.string(),
  reply: z.string().optional(),
  form: z.string().optional(),
});

export type NodeValue = z.output<typeof nodeValueSchema>;
