import { MongoNetworkError, MongoServerError } from 'mongodb';

/**
 * @returns the fields of the unique index that a write lost against, or null for any other error
 */
export function duplicateKey(error: unknown): readonly string[] | null {
  if (!(error instanceof MongoServerError) || error.code !== 11000) return null;
  const pattern: unknown = error.keyPattern;
  return typeof pattern === 'object' && pattern !== null ? Object.keys(pattern) : [];
}

/** The connection went while a command was under way: whether it took effect is unknown until someone looks. */
export const isOutcomeUnknown = (error: unknown): boolean => error instanceof MongoNetworkError;
