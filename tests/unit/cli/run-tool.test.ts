import { parseArgs } from 'node:util';
import { runTool, type Tool, WrongUse, wholeNumber } from '../../../server/cli/tool/run-tool';

const usage = 'npm run tool -- [--times N]';
const { argv } = process;

let said: unknown[];
let complained: unknown[];

beforeEach(() => {
  said = [];
  complained = [];
  jest.spyOn(console, 'log').mockImplementation((line) => said.push(line));
  jest.spyOn(console, 'error').mockImplementation((line) => complained.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.argv = argv;
});

/** @returns the exit code */
async function used(options: string[], tool: Partial<Tool> = {}): Promise<unknown> {
  process.argv = [...argv.slice(0, 2), ...options];
  const run = () => {
    const { values } = parseArgs({ args: options, options: { times: { type: 'string', default: '1' } } });
    wholeNumber('--times', values.times, 1, 10);
  };
  await runTool({ usage, run, ...tool });
  const { exitCode } = process;
  process.exitCode = 0;
  return exitCode ?? 0;
}

it('says how it is used, and does nothing else', async () => {
  const run = jest.fn();
  expect(await used(['--help'], { run })).toBe(0);
  expect(said).toEqual([usage]);
  expect(run).not.toHaveBeenCalled();
});

it.each([
  [['--time', '3'], /^Unknown option '--time'/],
  [['--times'], /argument missing/],
  [['--times', '11'], /^--times is 11; it must be a whole number from 1 to 10\n/],
])('to %j it says what is wrong and how it is used', async (options, sentence) => {
  expect(await used(options, { showStacks: true })).toBe(1);
  expect(complained).toEqual([expect.stringMatching(sentence)]);
  expect(complained).toEqual([expect.stringContaining(usage)]);
});

it('what goes wrong on the way is told in a sentence, or whole to those who debug it', async () => {
  const defect = new Error('no database');
  const run = () => Promise.reject(defect);
  expect(await used([], { run })).toBe(1);
  expect(await used([], { run, showStacks: true })).toBe(1);
  expect(complained).toEqual(['no database', defect]);
});

it('goes well', async () => {
  expect(await used(['--times', '3'])).toBe(0);
  expect({ said, complained }).toEqual({ said: [], complained: [] });
  expect(() => wholeNumber('--times', '1.5', 1, 2)).toThrow(WrongUse);
});
