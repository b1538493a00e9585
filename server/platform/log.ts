import pino, { type DestinationStream, type Logger } from 'pino';
import { logError } from './log-error';

export type Log = Logger;

/**
 * Structured lines on standard error, so that standard output stays a tool's own. Nothing personal may be logged;
 * the redactions are a second net, not a licence; what an error quotes is masked (`logError`).
 *
 * @param level a pino level, or "silent"
 */
export const createLog = (level: string, destination: DestinationStream = pino.destination(2)): Log =>
  pino(
    {
      level,
      base: undefined,
      serializers: { err: (error: unknown) => logError(error) },
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
    destination,
  );
