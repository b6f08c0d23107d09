export { Requirement } from './evidence/requirement';
