/** What the log keeps of an error. A closed list: errors carry requests, documents and values with them. */
export interface LoggedError {
  type: string;
  message: string;
  stack?: string;
  code?: string | number;
  codeName?: string;
  labels?: string[];
  /** Of a unique index that said no: the names of its fields */
  fields?: string[];
  cause?: LoggedError;
}

const DEEPEST = 4;

/**
 * An error for the log, without anything personal: names (in Chinese, as everything a person is called here) and numbers
 * (of documents, cards, phones, students) may stand in a message that quotes a value.
 */
export function logError(error: unknown, depth = 1): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: masked(String(error)) };
  const { code, codeName, errorLabels, keyPattern } = error as {
    code?: unknown;
    codeName?: unknown;
    errorLabels?: unknown;
    keyPattern?: unknown;
  };
  return {
    type: error.name,
    message: masked(error.message),
    ...(error.stack ? { stack: framesOf(error.stack) } : {}),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof codeName === 'string' ? { codeName } : {}),
    ...(Array.isArray(errorLabels) && errorLabels.length > 0 ? { labels: errorLabels.map(String) } : {}),
    ...(typeof keyPattern === 'object' && keyPattern !== null ? { fields: Object.keys(keyPattern) } : {}),
    ...(error.cause !== undefined && depth < DEEPEST ? { cause: logError(error.cause, depth + 1) } : {}),
  };
}

const LONGEST = 500;

/** A record's id is no secret and helps to find it: 24 hexadecimal digits stay. */
const RECORD_ID = /^[0-9a-f]{24}$/;
/** The values of a unique index, whatever is quoted, addresses, Chinese, long numbers. */
const PERSONAL =
  /\b[0-9a-f]{24}\b|dup key: .*|"[^"]*"|[\p{L}\p{N}_.+-]+@[\p{L}\p{N}.-]+|\p{Script=Han}+|\d{6,}[\dXx]*/gu;

const masked = (text: string): string =>
  text.replace(PERSONAL, (found) => (RECORD_ID.test(found) ? found : '…')).slice(0, LONGEST);

/** Where it happened; the message, which the stack begins with, stands beside it. */
const framesOf = (stack: string): string =>
  stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .join('\n');
