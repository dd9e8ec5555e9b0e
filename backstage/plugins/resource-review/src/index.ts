export { reviewModule as default } from './plugin';
