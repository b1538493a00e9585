import { isNumber, toNumber } from '../bson/values';
import { badValue } from '../errors';
import type { Command } from './command';

const MAX_SILENCE_MS = 60_000;

/** Ours, not MongoDB's: its `failCommand` can close a connection, but only before the command has taken effect. */
export const loseConnections: Command = {
  fields: ['appName', 'silenceMS'],
  async run(database, args) {
    const appName = args.get('appName');
    const given = args.get('silenceMS') ?? 0;
    const silenceMs = isNumber(given) ? toNumber(given) : Number.NaN;
    if (typeof appName !== 'string' || appName === '')
      throw badValue('loseConnections takes the appName of the client that is to lose its connections');
    if (!(silenceMs >= 0 && silenceMs <= MAX_SILENCE_MS))
      throw badValue(`silenceMS is a number of milliseconds from 0 to ${MAX_SILENCE_MS}`);
    return { lost: await database.connections.lose(appName, silenceMs) };
  },
};
