import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { factsWords, KNOWN_VERBS, subjectWords } from '../../shared/domain/audit-words';

/*
 * Everything that is written down of a change is read by auditors: each verb and each fact has a word in the office's
 * language. What stands in the code as a literal is held against the words.
 */
interface Written {
  verbs: string[];
  facts: string[];
}

/** The kinds of record that leave lines behind, as verbs begin with them. */
const VERB =
  /^(announcement|authenticator|bill|booking|campaign|conflict|device|difference|evidence|identity|import|merchant|money-proof|notice|order|receipt|refund|refund-batch|student|user|work-days)\.[a-z-]+$/;

const written: Written[] = execFileSync('git', ['ls-files', 'server/modules'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true))
  .map(writtenIn);

function writtenIn(node: ts.Node): Written {
  const found: Written = { verbs: [], facts: [] };
  const look = (one: ts.Node): void => {
    if (ts.isStringLiteral(one) && VERB.test(one.text)) found.verbs.push(one.text);
    if (ts.isCallExpression(one) && one.expression.getText() === 'line')
      found.facts.push(...namesIn(one.arguments[3]));
    ts.forEachChild(one, look);
  };
  look(node);
  return found;
}

function namesIn(node: ts.Expression | undefined): string[] {
  if (!node) return [];
  if (ts.isConditionalExpression(node)) return [...namesIn(node.whenTrue), ...namesIn(node.whenFalse)];
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap(({ name }) => (name ? [name.getText()] : []));
}

const verbs = new Set(written.flatMap((one) => one.verbs));
const facts = new Set(written.flatMap((one) => one.facts));

it('finds what the code writes down', () => {
  expect(verbs.size).toBeGreaterThan(100);
  expect(facts.size).toBeGreaterThan(50);
});

it('has a Chinese word for every fact, or leaves it out', () => {
  expect([...facts].filter((name) => factsWords({ [name]: 1 }).startsWith(`${name} `))).toEqual([]);
});

it('has a Chinese word for every verb', () => {
  const known = new Set(KNOWN_VERBS.map(([verb]) => verb));
  expect([...verbs].filter((verb) => !known.has(verb))).toEqual([]);
});

it('shows money in yuan, whatever the fact is called', () => {
  expect(factsWords({ reason: 'amount', receivedFen: 2_900 })).toBe('原因 金额不符，到账（元） 29.00');
});

it('has a Chinese word for every kind of record whose trail is in the log', () => {
  const kinds = [...readFileSync('server/jobs.ts', 'utf8').matchAll(/\bsubject: '([a-z-]+)'/g)].map(
    ([, kind]) => kind,
  );
  expect(kinds.length).toBeGreaterThan(10);
  expect(kinds.filter((kind) => subjectWords(`${kind}:1`).startsWith(`${kind} `))).toEqual([]);
});

it('says which table was imported', () => {
  expect(factsWords({ kind: 'roster' })).toContain('学生名单');
  expect(factsWords({ kind: 'timetable' })).toContain('时间安排表');
});
