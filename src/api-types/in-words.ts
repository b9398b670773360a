/** How the pages say what the server says, too. */
export { durationInWords, moneyInWords } from '../core/in-words.js';
