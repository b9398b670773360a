export { durationInWords as sayMinutes } from '../../api-types/in-words.js';
