import pino, { type Logger } from 'pino';

export type Log = Logger;

/**
 * Structured lines on standard error, so that standard output stays a tool's own. Nothing personal may be logged;
 * the redactions are a second net, not a licence.
 *
 * @param level a pino level, or "silent"
 */
export const createLog = (level: string): Log =>
  pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [
          'authorization',
          'cookie',
          'password',
          'bankCard',
          'documentNumber',
          'phone',
          '*.password',
          '*.bankCard',
          '*.documentNumber',
          '*.phone',
        ],
        censor: '…',
      },
    },
    pino.destination(2),
  );
