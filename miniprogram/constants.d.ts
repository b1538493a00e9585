/** Filled in by config/index.ts at build time. */
declare const API_ORIGIN: string;
declare const SUBSCRIBE_TEMPLATES: Partial<Record<import('../shared/domain/messages').MessageKind, string>>;

declare module '*.scss';
