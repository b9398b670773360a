import { z } from 'zod';

const shownChoiceSchema = z.union([
  z.object({ number: z.int(), node: z.string() }),
  z.object({ number: z.int(), reply: z.string() }),
]);

const menuFrameSchema = z.object({
  kind: z.literal('menu'),
  /** Ids of the nodes from the top of the tree to where the citizen is; empty in the main menu. */
  path: z.array(z.string()).readonly(),
  /** The last numbered list that the citizen saw. Ids, so that a number means the same after a new release. */
  shown: z.array(shownChoiceSchema).readonly(),
  /** When the place is forgotten: milliseconds since the epoch, UTC. */
  until: z.number(),
});

/** Where a citizen is in the dialog; plain JSON, stored with each message. For reading it back from there. */
export const dialogStateSchema = z.object({ frame: menuFrameSchema.nullable() });

export type ShownChoice = z.output<typeof shownChoiceSchema>;
/** The place in the menu tree. */
export type MenuFrame = z.output<typeof menuFrameSchema>;
export type DialogState = z.output<typeof dialogStateSchema>;

/** Where everyone begins: at no place, which is answered as the main menu. */
export const initialState: DialogState = { frame: null };
