export { resourceCardPlugin as default } from './plugin';
