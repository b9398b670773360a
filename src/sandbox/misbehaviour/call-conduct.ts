import type { EndpointFault, RateLimit } from '../../api-types/sandbox.js';
import type { World, WorldAccount } from '../world.js';
import { RateGate, type RateUsage } from './rate-gate.js';

/** How one call is treated. */
export interface CallTreatment {
  /** null: as it should be. */
  fault: EndpointFault['fault'] | null;
  /** How late the answer leaves, in milliseconds. */
  latencyMs: number;
}

/** "api minute-quota reach limit, must slower, retry next minute" */
const tooFast = { kind: 'errcode', errcode: 45011 } as const;
const anyEndpoint = '*';

/** Treats the calls of each account as its `misbehaviour` asks. */
export class CallConduct {
  readonly #gates = new WeakMap<RateLimit, RateGate>();
  /** How many calls passed since the last fault of a kind that strikes now and then. */
  readonly #passed = new WeakMap<EndpointFault['fault'], number>();

  constructor(private readonly world: World) {}

  treat(account: WorldAccount, path: string, now: number): CallTreatment {
    const { faults, rates, latencies } = account.misbehaviour;
    const latencyMs = latencies.find(({ endpoint }) => fits(endpoint, path))?.ms ?? 0;
    const found = faults.find((fault) => fits(fault.endpoint, path) && this.#strikes(fault));
    if (found) {
      this.#countDown(account, found);
      return { fault: found.fault, latencyMs };
    }
    const limit = rates.find(({ endpoint }) => fits(endpoint, path));
    const isTooFast = limit !== undefined && !this.#gateOf(limit).admit(now);
    return { fault: isTooFast ? tooFast : null, latencyMs };
  }

  /** How much of each rate limit was used, in the order in which they are set. */
  usageOf(account: WorldAccount): (RateUsage & { endpoint: string })[] {
    return account.misbehaviour.rates.map((limit) => ({
      endpoint: limit.endpoint,
      ...this.#gateOf(limit).usage,
    }));
  }

  /** Lets every limit's course begin anew. */
  restartRates({ misbehaviour }: WorldAccount): void {
    for (const limit of misbehaviour.rates) this.#gates.delete(limit);
  }

  #strikes({ fault, every = 1 }: EndpointFault): boolean {
    const passed = (this.#passed.get(fault) ?? 0) + 1;
    this.#passed.set(fault, passed % every);
    return passed % every === 0;
  }

  #countDown(account: WorldAccount, found: EndpointFault): void {
    const rest = found.times > 1 ? [{ ...found, times: found.times - 1 }] : [];
    account.misbehaviour = {
      ...account.misbehaviour,
      faults: account.misbehaviour.faults.flatMap((fault) => (fault === found ? rest : [fault])),
    };
    this.world.announceAccount(account);
  }

  #gateOf(limit: RateLimit): RateGate {
    const gate = this.#gates.get(limit) ?? new RateGate(limit);
    this.#gates.set(limit, gate);
    return gate;
  }
}

function fits(endpoint: string, path: string): boolean {
  return endpoint === path || endpoint === anyEndpoint;
}
