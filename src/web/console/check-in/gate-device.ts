const idKey = 'check-in:device';
const turnKey = 'check-in:turn';

/** Under which name the server knows this page as a gate. */
export interface GateDevice {
  id: string;
  /** The last turn that it has begun, also before the page was loaded. */
  lastTurn: number;
  keepTurn(turn: number): void;
  release(): void;
}

/**
 * This browser's own name, so that a page which is loaded anew goes on where it was. A second page beside it gets a name
 * of its own: two that share one would both decide about the same tickets.
 */
export async function openGateDevice(storage: Storage): Promise<GateDevice> {
  const stored = storage.getItem(idKey);
  const release = stored === null ? undefined : await lock(stored);
  if (stored !== null && release) {
    return {
      id: stored,
      lastTurn: Number(storage.getItem(turnKey)) || 0,
      keepTurn: (turn) => storage.setItem(turnKey, String(turn)),
      release,
    };
  }
  const id = crypto.randomUUID();
  const own = await lock(id);
  if (stored === null) storage.setItem(idKey, id);
  return {
    id,
    lastTurn: 0,
    keepTurn: (turn) => {
      if (storage.getItem(idKey) === id) storage.setItem(turnKey, String(turn));
    },
    release: own ?? (() => undefined),
  };
}

/** @returns how to let go; undefined: another page of this browser has it. */
async function lock(id: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(`check-in:${id}`, { ifAvailable: true }, async (held) => {
        if (!held) return resolve(undefined);
        await new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}
