import type { MessageKind } from '../../../shared/domain/messages';

/** Ids of the message templates, by kind; a kind without one cannot be asked for. */
export const templates: Partial<Record<MessageKind, string>> = SUBSCRIBE_TEMPLATES;

export const canNotify = (kinds: readonly MessageKind[]): boolean =>
  kinds.some((kind) => templates[kind] !== undefined);
