import {
  MongoClientClosedError,
  MongoError,
  MongoExpiredSessionError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerClosedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';
import { Error as Mongoose } from 'mongoose';

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

/** Server codes that say: not now. The driver repeats what it can; what is left comes here. */
const TRANSIENT_CODES: ReadonlySet<number> = new Set([
  6, // HostUnreachable
  7, // HostNotFound
  50, // MaxTimeMSExpired
  64, // WriteConcernTimeout
  89, // NetworkTimeout
  91, // ShutdownInProgress
  112, // WriteConflict
  189, // PrimarySteppedDown
  262, // ExceededTimeLimit
  9001, // SocketException
  10107, // NotWritablePrimary
  11600, // InterruptedAtShutdown
  11602, // InterruptedDueToReplStateChange
  13435, // NotPrimaryNoSecondaryOk
  13436, // NotPrimaryOrSecondary
]);

const TRANSIENT_LABELS = ['RetryableWriteError', 'TransientTransactionError', 'SystemOverloadedError'];

/**
 * Whether the same again may well succeed in a moment: no connection, an election, a write conflict, a document that
 * somebody else was quicker to change (E11000 among them, where no use case has read more out of it). Everything else
 * the database says is a mistake of ours.
 */
export function isTransient(error: unknown): boolean {
  if (error instanceof MongoServerError)
    return (
      duplicateKey(error) !== null ||
      TRANSIENT_CODES.has(Number(error.code)) ||
      TRANSIENT_LABELS.some((label) => error.hasErrorLabel(label))
    );
  if (error instanceof MongoError) return CONNECTION_ERRORS.some((kind) => error instanceof kind);
  return isTransientOfMongoose(error);
}

const CONNECTION_ERRORS = [
  MongoNetworkError,
  MongoServerSelectionError,
  MongoOperationTimeoutError,
  MongoExpiredSessionError,
  MongoNotConnectedError,
  MongoTopologyClosedError,
  MongoClientClosedError,
  MongoServerClosedError,
] as const;

/** Of its own it says by a bare MongooseError that there is no connection to buffer for. */
const isTransientOfMongoose = (error: unknown): boolean =>
  error instanceof Mongoose.MongooseServerSelectionError ||
  error instanceof Mongoose.VersionError ||
  (error instanceof Mongoose && error.name === 'MongooseError');
