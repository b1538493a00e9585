/** Filled in by config/index.ts at build time. */
declare const API_ORIGIN: string;
declare const SUBSCRIBE_TEMPLATES: Partial<
  Record<import('./services/platform/platform').MessageKind, string>
>;

declare module '*.scss';
