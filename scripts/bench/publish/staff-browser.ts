import { z } from 'zod';

const sessionSchema = z.object({ csrfToken: z.string() });

/** Somebody who works in the console, as far as the staff API can tell. */
export class StaffBrowser {
  readonly #api: string;
  readonly #session: { cookie: string; csrfToken: string };

  private constructor(api: string, session: { cookie: string; csrfToken: string }) {
    this.#api = api;
    this.#session = session;
  }

  /** @param origin `http://host:port` of a node. */
  static async signIn(origin: string, username: string, password: string): Promise<StaffBrowser> {
    const api = `${origin}/api/v1`;
    const response = await fetch(`${api}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    if (!response.ok) throw new Error(`${username} cannot sign in: ${await response.text()}`);
    const { csrfToken } = sessionSchema.parse(await response.json());
    const cookie = response.headers.getSetCookie().map((set) => set.split(';')[0]);
    return new StaffBrowser(api, { cookie: cookie.join('; '), csrfToken });
  }

  get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    return this.#ask(path, { method: 'GET' }, schema);
  }

  post<Schema extends z.ZodType>(path: string, body: unknown, schema: Schema): Promise<z.output<Schema>> {
    return this.#ask(path, { method: 'POST', body: JSON.stringify(body) }, schema);
  }

  async #ask<Schema extends z.ZodType>(
    path: string,
    request: RequestInit,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    const { cookie, csrfToken } = this.#session;
    const response = await fetch(`${this.#api}${path}`, {
      ...request,
      headers: { 'content-type': 'application/json', cookie, 'x-csrf-token': csrfToken },
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${request.method} ${path}: ${response.status} ${text.slice(0, 1_000)}`);
    return schema.parse(JSON.parse(text));
  }
}
