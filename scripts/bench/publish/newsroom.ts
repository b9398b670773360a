import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { everyAccount, type StaffRole } from '../../../src/core/permissions.js';
import { TransactionRunnerMongo } from '../../../src/storage/transactions-mongo.js';
import { connectMongo } from '../../../src/storage/mongo-connection.js';
import { silentLogger } from '../../../src/observability/logger.js';
import type { FileTexts } from '../../../src/features/content/work/content-work.js';
import { PasswordHasher } from '../../../src/features/staff/password-hasher.js';
import { newMember } from '../../../src/features/staff/staff-member.js';
import { StaffStoreMongo } from '../../../src/features/staff/staff-store-mongo.js';
import { StaffBrowser } from './staff-browser.js';

const draftSchema = z.object({ revision: z.int() });
const submissionSchema = z.object({ number: z.int(), hash: z.string(), state: z.string() });

type Submission = z.output<typeof submissionSchema>;

interface People {
  author: StaffBrowser;
  reviewers: Record<'first' | 'second' | 'final', StaffBrowser>;
}

/** An author and the three reviewers of an account, each signed in at a node. */
export class Newsroom {
  readonly #base: string;
  readonly #people: People;

  private constructor(base: string, people: People) {
    this.#base = base;
    this.#people = people;
  }

  /** Puts the people into the database; everything else goes through the staff API at `origin`. */
  static async open(mongodbUri: string, origin: string, accountId: string): Promise<Newsroom> {
    const password = randomBytes(12).toString('base64url');
    await addStaff(mongodbUri, password);
    const enter = (username: Username) => StaffBrowser.signIn(origin, username, password);
    return new Newsroom(`/accounts/${accountId}`, {
      author: await enter('author'),
      reviewers: {
        first: await enter('first'),
        second: await enter('second'),
        final: await enter('final'),
      },
    });
  }

  /** Makes the files the draft, and lays it before the reviewers. */
  async submit(files: FileTexts): Promise<Submission> {
    const { author } = this.#people;
    const { revision: baseRevision } = await author.get(`${this.#base}/draft`, draftSchema);
    const { revision } = await author.post(
      `${this.#base}/draft/import`,
      { files, baseRevision },
      draftSchema,
    );
    return author.post(`${this.#base}/submissions`, { revision, note: 'bench' }, submissionSchema);
  }

  /** What comes before the last click. */
  async review(submission: Submission): Promise<void> {
    await this.#approve(submission, 'first');
    await this.#approve(submission, 'second');
  }

  /** The last click. */
  async publish(submission: Submission): Promise<void> {
    const { state } = await this.#approve(submission, 'final');
    if (state !== 'published') throw new Error(`submission ${submission.number} is ${state}`);
  }

  async rollBack(to: number): Promise<void> {
    const { final } = this.#people.reviewers;
    await final.post(`${this.#base}/releases/${to}/rollback`, { reason: 'bench' }, z.object({}));
  }

  #approve({ number, hash }: Submission, stage: 'first' | 'second' | 'final'): Promise<Submission> {
    const path = `${this.#base}/submissions/${number}/approve`;
    return this.#people.reviewers[stage].post(path, { hash, stage }, submissionSchema);
  }
}

type Username = keyof typeof roles;

const roles = {
  author: 'editor',
  first: 'editor',
  second: 'sectionHead',
  final: 'leader',
} as const satisfies Record<string, StaffRole>;

async function addStaff(mongodbUri: string, password: string): Promise<void> {
  const connection = await connectMongo(mongodbUri, silentLogger);
  try {
    const staff = new StaffStoreMongo(connection);
    const passwordHash = await new PasswordHasher().hash(password);
    await new TransactionRunnerMongo(connection).run(async (tx) => {
      for (const [username, role] of Object.entries(roles)) {
        const given = { username, name: username, roles: [{ accountId: everyAccount, role }], passwordHash };
        const member = newMember({ ...given, createdAt: new Date() });
        await staff.insert(tx, { ...member, mustChangePassword: false });
      }
    });
  } finally {
    await connection.close();
  }
}
