import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

/** The cost of one scrypt: 2^logCost rounds over blocks of 128·r bytes, p times. */
export interface ScryptCost {
  logCost: number;
  r: number;
  p: number;
}

/** OWASP Password Storage Cheat Sheet, scrypt: N=2^15, r=8, p=3 (32 MB, about a sixth of a second). */
const defaultCost: ScryptCost = { logCost: 15, r: 8, p: 3 };
/** Node computes scrypt on the threads that also read files: more at once would keep everything else waiting. */
const atOnce = 2;
const saltBytes = 16;
const hashBytes = 32;

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** Passwords as they are stored: `$scrypt$ln=15,r=8,p=3$salt$hash`, salt and hash in base64. */
export class PasswordHasher {
  readonly #cost: ScryptCost;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  #decoy: Promise<string> | null = null;

  constructor(cost: ScryptCost = defaultCost) {
    this.#cost = cost;
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(saltBytes);
    const { logCost, r, p } = this.#cost;
    const hash = await this.#derive(password, salt, this.#cost);
    return `$scrypt$ln=${logCost},r=${r},p=${p}$${salt.toString('base64')}$${hash.toString('base64')}`;
  }

  /**
   * Whether the password belongs to the hash.
   * @param stored null where nobody has that name: it takes as long and is false.
   * @throws Error when the stored text is none of ours
   */
  async matches(password: string, stored: string | null): Promise<boolean> {
    this.#decoy ??= this.hash(randomBytes(saltBytes).toString('base64'));
    const { cost, salt, hash } = parse(stored ?? (await this.#decoy));
    const derived = await this.#derive(password, salt, cost);
    return timingSafeEqual(derived, hash) && stored !== null;
  }

  async #derive(password: string, salt: Buffer, { logCost, r, p }: ScryptCost): Promise<Buffer> {
    if (this.#underWay >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#underWay += 1;
    try {
      const N = 2 ** logCost;
      // The same password typed on two keyboards may come as different code points.
      return await derive(password.normalize('NFKC'), salt, hashBytes, { N, r, p, maxmem: 2 * 128 * N * r });
    } finally {
      this.#underWay -= 1;
      this.#waiting.shift()?.();
    }
  }
}

const storedForm = /^\$scrypt\$ln=(?<ln>\d+),r=(?<r>\d+),p=(?<p>\d+)\$(?<salt>[^$]+)\$(?<hash>[^$]+)$/;

function parse(stored: string): { cost: ScryptCost; salt: Buffer; hash: Buffer } {
  const { ln, r, p, salt, hash } = storedForm.exec(stored)?.groups ?? {};
  if (salt === undefined || hash === undefined) throw new Error('a stored password has an unknown form');
  return {
    cost: { logCost: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}
