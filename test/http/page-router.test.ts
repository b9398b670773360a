import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { createHttpApp } from '../../src/http/http-app.js';
import { pageRouter } from '../../src/http/page-router.js';
import { silentLogger } from '../../src/observability/logger.js';
import { temporaryFolder } from '../support/temp-folder.js';

let folder: string;
let http: ReturnType<typeof open>;

beforeAll(async () => {
  const root = await temporaryFolder('page');
  folder = join(root, 'page');
  await mkdir(join(folder, 'assets'), { recursive: true });
  await writeFile(join(folder, 'index.html'), '<title>后台</title>');
  await writeFile(join(folder, 'assets/app-1a2b.js'), 'app()');
  await writeFile(join(folder, 'assets/app-1a2b.js.gz'), gzipSync('app()'));
  await writeFile(join(folder, '.hidden'), 'hidden');
  await writeFile(join(root, 'secret'), 'secret');
  http = open({ ownAddresses: true });
});

function open(options: { ownAddresses?: boolean; folder?: string }) {
  const router = pageRouter({ prefix: '/console', folder, ...options });
  return request(createHttpApp({ logger: silentLogger, routers: [router] }).callback());
}

describe('a served page', () => {
  it('begins with a slash, is asked for each time, and runs only its own scripts', async () => {
    expect((await http.get('/console')).get('location')).toBe('/console/');
    const page = await http.get('/console/');
    expect([page.status, page.text]).toEqual([200, '<title>后台</title>']);
    expect(page.get('content-type')).toContain('text/html');
    expect(page.get('cache-control')).toBe('no-cache');
    expect(page.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('answers addresses of its own, where it has some, but not for files that are gone', async () => {
    expect((await http.get('/console/pingan-meizhou/tree')).text).toContain('后台');
    expect((await http.get('/console/assets/app-old.js')).status).toBe(404);
    expect((await open({}).get('/console/pingan-meizhou')).status).toBe(404);
  });

  it('sends a hashed file compressed to whoever takes it, and for good', async () => {
    const plain = await http.get('/console/assets/app-1a2b.js').set('accept-encoding', 'identity');
    expect([plain.text, plain.get('content-encoding')]).toEqual(['app()', undefined]);
    const zipped = await http.get('/console/assets/app-1a2b.js').set('accept-encoding', 'gzip');
    expect([zipped.text, zipped.get('content-encoding')]).toEqual(['app()', 'gzip']);
    for (const answer of [plain, zipped]) {
      expect(answer.get('cache-control')).toBe('max-age=31536000, immutable');
      expect(answer.get('vary')).toContain('Accept-Encoding');
      expect(answer.get('content-type')).toContain('javascript');
    }
  });

  it.each([
    '/console/..%2fsecret',
    '/console/assets/%2e%2e/%2e%2e/secret',
    '/console/.hidden',
    '/console/%00',
    '/console/%',
  ])('gives nothing away for %s', async (path) => {
    const { status, text } = await http.get(path);
    expect(text).not.toMatch(/secret|hidden/);
    expect(status).toBeLessThan(500);
  });

  it('says how it is built where it is not', async () => {
    const answer = await open({ folder: join(folder, 'nowhere') }).get('/console/');
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('npm run build')]);
  });

  it('is one page for many accounts, with its files below any of them', async () => {
    const router = pageRouter({ prefix: '/h5/:accountId', folder, ownAddresses: true });
    const pages = request(createHttpApp({ logger: silentLogger, routers: [router] }).callback());
    expect((await pages.get('/h5/meizhou')).get('location')).toBe('/h5/meizhou/');
    expect((await pages.get('/h5/meizhou/')).text).toContain('后台');
    expect((await pages.get('/h5/meizhou/appointments/1')).text).toContain('后台');
    expect((await pages.get('/h5/_/assets/app-1a2b.js').set('accept-encoding', 'identity')).text).toBe(
      'app()',
    );
    expect((await pages.get('/h5/meizhou/..%2f..%2fsecret')).text).not.toContain('secret');
  });
});
