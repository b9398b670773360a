/**
 * `npm run train`: learns the weights that the program is built with, and prints how well examples are told apart that
 * they were not learned from.
 */
import { fileURLToPath } from 'node:url';
import { trainConfidence } from './train/train-confidence.js';
import { trainDanger } from './train/train-danger.js';

const root = fileURLToPath(new URL('../', import.meta.url));
await trainDanger(root);
await trainConfidence(root);
