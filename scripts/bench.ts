/** `npm run bench -- name [--json] [--minutes N]`: runs one benchmark; without a name, lists them. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Bench } from './bench/bench-definition.js';
import { bookingBench } from './bench/booking/booking.js';
import { memoryBench } from './bench/memory.js';
import { noticesBench } from './bench/notices/notices.js';
import { publishBench } from './bench/publish/publish.js';
import { soakBench } from './bench/soak.js';
import { understandBench } from './bench/understand/understand.js';
import { webhookBench } from './bench/webhook.js';

const benches: readonly Bench[] = [
  webhookBench,
  understandBench,
  memoryBench,
  soakBench,
  publishBench,
  bookingBench,
  noticesBench,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, minutes: { type: 'string' } },
});
const [name] = positionals;
const bench = benches.find((candidate) => candidate.name === name);

if (bench === undefined) {
  if (name !== undefined) console.error(`no benchmark is called ${name}`);
  console.log('npm run bench -- <name> [--json]');
  for (const { name, summary } of benches) console.log(`  ${name.padEnd(10)} ${summary}`);
  process.exitCode = name === undefined ? 0 : 1;
} else {
  const minutes = values.minutes === undefined ? null : z.coerce.number().positive().parse(values.minutes);
  const { figures, faulty } = await bench.run({ minutes, say: (line) => console.log(line) });
  if (values.json) console.log(JSON.stringify({ bench: bench.name, figures }));
  // A missed goal is a result; a wrong answer or a lost message makes the figures worthless.
  if (faulty) process.exitCode = 1;
}
