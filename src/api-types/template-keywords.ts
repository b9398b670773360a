/** What the pages know of the fields of template messages. */
export { keywordType, templateKeywordLimits } from '../core/template-keywords.js';
