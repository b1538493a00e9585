import { type Document, isDocument, isNumber, toNumber, type Value } from '../bson/values';
import { badValue } from '../errors';
import type { Command } from './command';
import type { FailPoint } from './fail-point-state';

export const configureFailPoint: Command = {
  fields: ['mode', 'data'],
  run(database, args) {
    if (args.get('configureFailPoint') !== 'failCommand') {
      throw badValue("the embedded database has one fail point: 'failCommand'");
    }
    database.failPoints.set(parse(args.get('mode'), args.document('data') ?? new Map()));
    return {};
  },
};

const FIELDS = ['failCommands', 'errorCode', 'closeConnection', 'blockConnection', 'blockTimeMS'];

function parse(mode: Value | undefined, data: Document): FailPoint | undefined {
  if (mode === 'off') return undefined;
  for (const name of data.keys()) {
    if (!FIELDS.includes(name)) {
      throw badValue(`the embedded database's failCommand does not take ${name}`);
    }
  }
  const code = data.get('errorCode');
  const blockMs = data.get('blockConnection') === true ? data.get('blockTimeMS') : undefined;
  const commands = data.get('failCommands');
  return {
    left: timesOf(mode),
    commands: Array.isArray(commands) ? commands.filter((name) => typeof name === 'string') : [],
    code: isNumber(code) ? toNumber(code) : undefined,
    closesConnection: data.get('closeConnection') === true,
    blocksMs: isNumber(blockMs) ? toNumber(blockMs) : 0,
  };
}

function timesOf(mode: Value | undefined): number {
  if (mode === 'alwaysOn') return Number.POSITIVE_INFINITY;
  const times = isDocument(mode) ? mode.get('times') : undefined;
  if (!isNumber(times)) throw badValue("a fail point's mode is 'off', 'alwaysOn' or {times: n}");
  return toNumber(times);
}
