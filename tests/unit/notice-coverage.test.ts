import { readFileSync } from 'node:fs';
import { COVERAGE, coverageProblems } from '../support/notice-coverage';

const written = readFileSync(COVERAGE, 'utf8');

it('every statement of the notice has its feature and a test that exists', () => {
  expect(coverageProblems(written)).toEqual([]);
});

describe('the table is found to be incomplete', () => {
  const [row = ''] = written.split('\n').filter((text) => text.startsWith('| 二.1 |'));
  const [section, statement, features, tests] = row.split('|').slice(1, 5);
  const changed = (cells: readonly (string | undefined)[]) =>
    coverageProblems(written.replace(row, `|${cells.join('|')}|`)).join('\n');

  it.each([
    ['a statement without a feature', [section, statement, ' ', tests], 'names no feature'],
    ['a feature that there is not', [section, statement, ' C99 ', tests], 'no feature C99'],
    ['a statement without a test', [section, statement, features, ' '], 'names no test'],
    [
      'a test whose title has changed',
      [section, statement, features, ' `tests/unit/notice-coverage.test.ts` › what was its title '],
      'no such test',
    ],
    [
      'a test in a file that has gone',
      [section, statement, features, ' `tests/unit/gone.test.ts` › is here '],
      'no such test',
    ],
    ['a section that the notice does not have', [' 九 ', statement, features, tests], 'no section 九'],
  ])('%s', (_, cells, problem) => {
    expect(changed(cells)).toContain(problem);
  });

  it('a section without a row', () => {
    const without = written
      .split('\n')
      .filter((text) => !text.startsWith('| 附件2.5 |'))
      .join('\n');
    expect(coverageProblems(without)).toEqual(['no row for section 附件2.5']);
  });
});
