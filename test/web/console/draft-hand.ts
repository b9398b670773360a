import request from 'supertest';
import { signIn, type Client } from '../../support/open-back-office.js';
import { buildMember } from '../../support/staff-builders.js';

const base = '/accounts/pingan-meizhou';

interface ReplyValue {
  text: string;
  [field: string]: unknown;
}

/** Changes the draft and looks at what is live through the staff API, beside the pages that a test is about. */
export class DraftHand {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  /** As a demo member of the sandbox. */
  static async of(origin: string, demo: string): Promise<DraftHand> {
    const http = request(origin);
    const { signIns } = (await http.get('/api/v1/demo-sign-ins')).body;
    const { password } = signIns.find((one: { username: string }) => one.username === demo);
    return new DraftHand(await signIn(http, buildMember({ username: demo }), { password }));
  }

  /** Writes a text reply as `change` makes it of what is there. */
  async changeReply(id: string, change: (reply: ReplyValue) => ReplyValue): Promise<void> {
    const path = `${base}/draft/items/reply/${id}`;
    const { version, value } = (await this.#client.get(path)).body;
    const response = await this.#client.put(path, { baseVersion: version, value: change(value) });
    if (response.status !== 200) throw new Error(JSON.stringify(response.body));
  }

  /** What the YAML files of the live release say, the reply's among them. */
  async liveText(): Promise<string> {
    const { live } = (await this.#client.get(`${base}/releases?limit=1`)).body;
    const { files } = (await this.#client.get(`${base}/releases/${live}/files`)).body;
    return Object.values(files).join('\n');
  }
}
