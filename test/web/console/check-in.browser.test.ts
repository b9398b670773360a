import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { create } from 'qrcode';
import { bucketOf } from '../../../src/features/tickets/ticket-bucket.js';
import { buildActivity, buildGroup, hour } from '../../support/activity-builders.js';
import { launchBrowser } from '../../support/browser.js';
import { openCheckIn, type CheckInBench } from '../../support/open-check-in.js';
import { temporaryFolder } from '../../support/temp-folder.js';
import { until } from '../../support/until.js';
import { Visit } from './visit.js';

const phone = { width: 390, height: 844 };

let bench: CheckInBench;
let server: Awaited<ReturnType<CheckInBench['serve']>>;
let browser: Browser;
let issued: Awaited<ReturnType<CheckInBench['issue']>>[];

beforeAll(async () => {
  const now = Date.now();
  bench = await openCheckIn({
    activities: [
      buildActivity({
        startsAt: new Date(now - hour / 4),
        endsAt: new Date(now + 3 * hour),
        groups: [buildGroup({ id: 'all', name: '亲子组' }), buildGroup({ id: 'adults', name: '成人组' })],
      }),
    ],
  });
  issued = await Promise.all(
    Array.from({ length: 24 }, (_, nth) => bench.issue(nth, nth % 2 === 0 ? 'all' : 'adults')),
  );
  server = await bench.serve(true);
  const film = join(await temporaryFolder('film'), 'ticket.y4m');
  await writeFile(film, filmOf(issued[0]!.qr));
  browser = await launchBrowser([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]);
}, 90_000);
afterAll(async () => {
  await browser.close();
  await server.stop();
  await bench.close();
});

/** A film of one picture, YUV4MPEG2, in which somebody holds a code before the camera. */
function filmOf(text: string): Buffer {
  const [width, height] = [640, 480];
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const scale = Math.floor((height - 40) / size);
  const [left, top] = [Math.floor((width - size * scale) / 2), Math.floor((height - size * scale) / 2)];
  const light = Buffer.alloc(width * height, 235);
  for (let y = 0; y < size * scale; y += 1)
    for (let x = 0; x < size * scale; x += 1)
      if (data[Math.floor(y / scale) * size + Math.floor(x / scale)])
        light[(top + y) * width + left + x] = 16;
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((width * height) / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), frame]);
}

/** Somebody with a phone at a gate. */
class Gate {
  private constructor(
    readonly visit: Visit,
    readonly name: string,
  ) {}

  static async open(name: string, viewport = phone): Promise<Gate> {
    const visit = await Visit.begin(browser, server.origin, viewport);
    await visit.page.getByTestId('demo-desk-officer').click();
    await visit.page.waitForURL(/console\/pingan-meizhou/);
    await visit.open('pingan-meizhou/check-in');
    await visit.page.getByRole('button', { name: /警营开放日/ }).click();
    await visit.page.getByLabel('这是哪个口').fill(name);
    await visit.expectAccessible();
    await visit.page.getByRole('button', { name: '开始检票' }).click();
    await visit.page.getByTestId('count').waitFor();
    return new Gate(visit, name);
  }

  get page() {
    return this.visit.page;
  }

  async type(text: string): Promise<string> {
    const outcome = this.page.getByTestId('outcome');
    await outcome.evaluate((element) => element.firstElementChild?.setAttribute('data-old', ''));
    await this.page.getByLabel('票号').fill(text);
    await this.page.keyboard.press('Enter');
    await outcome.locator('> :is(.in, .refused):not([data-old])').waitFor();
    return (await outcome.textContent()) ?? '';
  }

  /** What the server believes to be this gate's. */
  async ownTickets() {
    const own = await this.#record();
    return issued.slice(1).filter(({ ticketId }) => own?.buckets.includes(bucketOf(ticketId)));
  }

  async #record() {
    const [record] = await bench.records('check_in_gates');
    return record?.gates.find(({ name }: { name: string }) => name === this.name);
  }

  async close(): Promise<void> {
    expect(this.visit.faults).toEqual([]);
    await this.page.getByRole('button', { name: '关口' }).click();
    await this.page.getByRole('heading', { name: '检票' }).waitFor();
    await until('the gate has left', async () => !(await this.#record()));
    await this.visit.close();
  }
}

describe('the door', () => {
  it('is reached from the menu, and reads a code from the camera, once', async () => {
    const visit = await Visit.as(browser, server.origin, 'demo-desk-officer');
    await visit.page
      .getByRole('navigation', { name: '主菜单' })
      .getByRole('link', { name: '检票', exact: true })
      .click();
    await visit.page.getByRole('heading', { level: 1, name: '检票' }).waitFor();
    await visit.close();

    const gate = await Gate.open('1号口');
    await gate.page.getByRole('button', { name: '用摄像头扫码' }).click();
    await gate.page.getByText('✓ 请进').waitFor();
    await gate.page.getByText('已入场 1 / 24 人').waitFor();
    await gate.visit.expectAccessible();
    expect(await gate.type(issued[0]!.code)).toContain('已经在1号口入场');
    await gate.page.getByRole('button', { name: '关摄像头' }).click();
    expect(await bench.records('check_ins')).toHaveLength(1);
    await gate.close();
  }, 60_000);

  it('goes on without network, and lets no ticket in twice', async () => {
    const [one, two] = [await Gate.open('1号口'), await Gate.open('2号口', { width: 1280, height: 800 })];
    for (const gate of [one, two]) await gate.page.getByText('断网时本口能验 50% 的票').waitFor();
    const [own = issued[0]!, next = issued[0]!] = await one.ownTickets();
    const [others = issued[0]!, foreign = issued[0]!] = await two.ownTickets();

    // With network any gate lets any ticket in.
    expect(await one.type(others.code)).toContain('✓ 请进');
    expect(await two.type(others.qr)).toContain('已经在1号口入场');

    await one.page.context().setOffline(true);
    expect(await one.type(own.qr)).toContain('断网放行');
    await one.page.getByText('断网，已放行 1 人待上传').waitFor();
    expect(await one.type(own.code)).toContain('已经在1号口入场');
    expect(await one.type(foreign.code)).toContain('请到2号口');
    await one.visit.expectAccessible();
    expect(await two.type(own.qr)).toContain('请到1号口');
    expect(await one.type(next.code)).toContain('断网放行');

    await one.page.context().setOffline(false);
    for (const gate of [one, two]) await gate.page.getByText('已入场 4 / 24 人').waitFor();
    expect(await two.type(own.qr)).toContain('已经在1号口入场');
    const checkIns = await bench.records('check_ins');
    expect(checkIns.filter(({ ticketId }) => ticketId === own.ticketId)).toHaveLength(1);
    expect(checkIns.every(({ state }) => state === 'in')).toBe(true);
    await one.close();
    await two.close();
  }, 90_000);

  it('keeps what was let in without network when the page is loaded anew', async () => {
    const gate = await Gate.open('3号口');
    await gate.page.getByText('断网时本口能验 100% 的票').waitFor();
    const left = (await bench.tickets.store.list('pingan-meizhou', 'open-day')).filter(
      ({ arrival }) => !arrival,
    );
    const ticket = left[0]!;
    // The server is gone, not the browser's own store of files.
    await gate.page.route('**/api/v1/**/check-in/**', (route) => route.abort());
    expect(await gate.type(ticket.code)).toContain('断网放行');
    await gate.page.reload();
    await gate.page.unroute('**/api/v1/**/check-in/**');
    await gate.page.reload();
    await gate.page.getByRole('button', { name: /警营开放日/ }).click();
    await gate.page.getByLabel('这是哪个口').fill('3号口');
    await gate.page.getByRole('button', { name: '开始检票' }).click();
    await until('it is uploaded', async () =>
      (await bench.records('check_ins')).some(
        ({ ticketId, wasOffline }) => ticketId === ticket.ticketId && wasOffline,
      ),
    );
    await gate.page.getByText('已入场 5 / 24 人').waitFor();
    await gate.close();
  }, 60_000);
});
