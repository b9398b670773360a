import { accountId } from './citizen-pages.js';

/** A browser as far as the sign-in and the API need one: it keeps cookies by their path and follows redirects. */
export class CitizenBrowser {
  readonly #origin: string;
  readonly #cookies = new Map<string, { value: string; path: string; line: string }>();
  csrfToken = '';

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** The cookie as the server set it. */
  cookieLine(name: string): string | undefined {
    return this.#cookies.get(name)?.line;
  }

  setCookie(name: string, value: string, path = '/'): void {
    this.#cookies.set(name, { value, path, line: '' });
  }

  /** One request; redirects are not followed. */
  async send(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, this.#origin);
    const headers = new Headers(init.headers);
    headers.set('cookie', this.#cookiesFor(url.pathname));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  /** Follows redirects to where they end. */
  async visit(address: string): Promise<{ url: URL; response: Response }> {
    let url = new URL(address, this.#origin);
    for (let hop = 0; hop < 10; hop += 1) {
      const response = await this.send(url.href);
      const next = response.headers.get('location');
      if (next === null) return { url, response };
      url = new URL(next, url);
    }
    throw new Error(`too many redirects from ${address}`);
  }

  /** Signs in as somebody of the sandbox. */
  async signIn(openid: string): Promise<void> {
    this.setCookie('suishen-sandbox-phone', openid, '/sandbox');
    await this.visit(`/h5/${accountId}/sign-in`);
    const me = await this.call('get', '/me');
    this.csrfToken = me.body.csrfToken;
  }

  /** Calls the API as the page does. */
  async call(method: string, path: string, body?: unknown) {
    const response = await this.send(`/h5/${accountId}/api${path}`, {
      method: method.toUpperCase(),
      headers: {
        ...(method !== 'get' && { 'x-csrf-token': this.csrfToken }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    };
  }

  #cookiesFor(pathname: string): string {
    return [...this.#cookies]
      .filter(([, { path }]) => pathname === path || pathname.startsWith(path.replace(/\/?$/, '/')))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const [name = '', value = ''] = pair.split('=');
    const path = attributes.find((one) => one.startsWith('path='))?.slice('path='.length) ?? '/';
    if (value === '') this.#cookies.delete(name);
    else this.#cookies.set(name, { value, path, line });
  }
}
