import { computed, onMounted, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { useAccount } from '../session/use-account.js';
import { toast } from '../shared/toast.js';
import { listLevel, moveNode, readItem } from '../draft/draft-calls.js';
import { noteDraftChange } from '../draft/draft-changes.js';
import { nodeValueSchema } from '../../../api-types/content-values.js';
import {
  findNode,
  levelNeeded,
  listRows,
  planDrop,
  planStep,
  toTreeNode,
  type DropPlace,
  type Levels,
  type Move,
  type Step,
  type TreeNode,
  type TreeRow,
} from './tree-model.js';

export interface Tree {
  readonly rows: ComputedRef<readonly TreeRow[]>;
  readonly levels: Readonly<ShallowRef<Levels>>;
  /** Why the first level could not be loaded. */
  readonly error: Readonly<ShallowRef<unknown>>;
  readonly isLoaded: ComputedRef<boolean>;
  /** Something moves at this moment. */
  readonly isBusy: Readonly<ShallowRef<boolean>>;
  toggle(id: string, open: boolean): Promise<void>;
  /** Opens everything above a node, so that it is in sight. */
  reveal(id: string): Promise<void>;
  /** Loads levels again, and those that count them. */
  refresh(parents: readonly (string | null)[]): Promise<void>;
  /** Everything that has been loaded, again. */
  reload(): Promise<void>;
  loadLevel(parent: string | null): Promise<readonly TreeNode[]>;
  step(id: string, step: Step): Promise<boolean>;
  drop(dragged: string, target: string, place: DropPlace): Promise<boolean>;
  move(node: Pick<TreeNode, 'id' | 'version' | 'parent'>, to: Move): Promise<boolean>;
}

/** The menu tree of the draft, a level at a time: it may hold twenty thousand nodes. */
export function useTree(): Tree {
  const { accountId } = useAccount();
  const levels = shallowRef<Levels>(new Map());
  const open = shallowRef<ReadonlySet<string>>(new Set());
  const error = shallowRef<unknown>();
  const isBusy = shallowRef(false);

  async function loadLevel(parent: string | null): Promise<readonly TreeNode[]> {
    const query = { parent: parent ?? undefined };
    const { nodes } = await listLevel({ params: { accountId: accountId.value }, query });
    const level = nodes.map(toTreeNode);
    levels.value = new Map(levels.value).set(parent, level);
    return level;
  }

  async function toggle(id: string, isOpen: boolean): Promise<void> {
    try {
      if (isOpen && !levels.value.has(id)) await loadLevel(id);
      const now = new Set(open.value);
      if (isOpen) now.add(id);
      else now.delete(id);
      open.value = now;
    } catch (thrown) {
      toast.failed(thrown);
    }
  }

  async function refresh(parents: readonly (string | null)[]): Promise<void> {
    const counting = parents.flatMap((id) =>
      id === null ? [] : [findNode(levels.value, id)?.parent ?? null],
    );
    const wanted = [...new Set([...parents, ...counting])].filter((id) => levels.value.has(id));
    await Promise.all(wanted.map(loadLevel));
  }

  async function reload(): Promise<void> {
    try {
      await loadLevel(null);
      error.value = undefined;
      const shown = [...open.value].filter((id) => levels.value.has(id));
      levels.value = new Map([[null, levels.value.get(null) ?? []]]);
      await Promise.all(shown.map(loadLevel));
    } catch (thrown) {
      error.value = thrown;
    }
  }

  async function reveal(id: string): Promise<void> {
    try {
      const above: string[] = [];
      let at = findNode(levels.value, id)?.parent ?? (await readParent(accountId.value, id));
      while (at !== null) {
        above.unshift(at);
        at = findNode(levels.value, at)?.parent ?? (await readParent(accountId.value, at));
      }
      await Promise.all(above.filter((one) => !levels.value.has(one)).map(loadLevel));
      open.value = new Set([...open.value, ...above]);
    } catch (thrown) {
      toast.failed(thrown);
    }
  }

  /** One after another: each is planned with what the one before has led to. */
  let moves = Promise.resolve(true);
  function queue(work: () => Promise<boolean>): Promise<boolean> {
    moves = moves.then(async () => {
      isBusy.value = true;
      const done = await work();
      isBusy.value = false;
      return done;
    });
    return moves;
  }

  async function move(node: Pick<TreeNode, 'id' | 'version' | 'parent'>, to: Move): Promise<boolean> {
    const { id, version: baseVersion, parent: before } = node;
    try {
      await moveNode({ params: { accountId: accountId.value, id }, body: { baseVersion, ...to } });
      noteDraftChange();
      await refresh([before, to.parent]);
      if (to.parent !== null) await toggle(to.parent, true);
      return true;
    } catch (thrown) {
      toast.failed(thrown);
      await refresh([before]).catch(() => undefined);
      return false;
    }
  }

  async function carryOut(id: string, plan: () => Move | undefined, needed?: string): Promise<boolean> {
    try {
      if (needed !== undefined && !levels.value.has(needed)) await loadLevel(needed);
    } catch (thrown) {
      toast.failed(thrown);
      return false;
    }
    const node = findNode(levels.value, id);
    const to = plan();
    return node !== undefined && to !== undefined && (await move(node, to));
  }

  onMounted(reload);

  return {
    rows: computed(() => listRows(levels.value, open.value)),
    levels,
    error,
    isLoaded: computed(() => levels.value.has(null)),
    isBusy,
    toggle,
    reveal,
    refresh,
    reload,
    loadLevel,
    move: (node, to) => queue(() => move(node, to)),
    step: (id, step) =>
      queue(() => carryOut(id, () => planStep(levels.value, id, step), levelNeeded(levels.value, id, step))),
    drop: (dragged, target, place) =>
      queue(() =>
        carryOut(
          dragged,
          () => planDrop(levels.value, { dragged, target, place }),
          place === 'inside' ? target : undefined,
        ),
      ),
  };
}

async function readParent(accountId: string, id: string): Promise<string | null> {
  const item = await readItem({ params: { accountId, kind: 'node', id } });
  return nodeValueSchema.parse(item.value).parent ?? null;
}
