import { types } from 'node:util';

/** What the person at the keyboard can put right: told in a sentence, without the stack that a defect gets. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

export interface Tool {
  /** In a line or a few: what `--help` says, and whoever uses it wrongly. */
  usage: string;
  run: () => Promise<void> | void;
  /** For a tool of ours, whose unexpected errors somebody has to debug; an operator's tool says what is wrong and no more. */
  showStacks?: boolean;
}

/** Runs a command-line tool: exit code 1 and a message when it fails. */
export async function runTool({ usage, run, showStacks = false }: Tool): Promise<void> {
  if (process.argv.slice(2).some((given) => given === '--help' || given === '-h')) {
    console.log(usage);
    return;
  }
  try {
    await run();
  } catch (error) {
    if (isWrongUse(error)) console.error(`${error.message}\n${usage}`);
    else console.error(types.isNativeError(error) && !showStacks ? error.message : error);
    process.exitCode = 1;
  }
}

/** Ours, or what `parseArgs` says to an option that it does not know. */
const isWrongUse = (error: unknown): error is Error =>
  error instanceof WrongUse ||
  (types.isNativeError(error) && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_'));

/** @throws WrongUse */
export function wholeNumber(option: string, given: string, least: number, most: number): number {
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= least && value <= most) return value;
  throw new WrongUse(`${option} is ${given}; it must be a whole number from ${least} to ${most}`);
}
