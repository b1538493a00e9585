export { platform } from './device';
export * from './platform';
