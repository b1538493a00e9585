import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ORDER_TRANSITIONS, REFUND_TRANSITIONS } from '../../shared/domain/order-state';

const ROOT = path.resolve(__dirname, '../..');
const readme = readFileSync(path.join(ROOT, 'server/modules/payments/README.md'), 'utf8');
const cases = readFileSync(path.join(ROOT, 'tests/payments/fifteen-cases.test.ts'), 'utf8');

/** "created → paid" of the diagram below a heading; whatever begins or ends the diagram left out. */
function drawn(heading: string): string[] {
  const [, below = ''] = readme.split(`\n## ${heading}\n`);
  const [, diagram = ''] = below.split('```mermaid\nstateDiagram-v2\n');
  const [lines = ''] = diagram.split('```');
  return [...lines.matchAll(/^ *(\w+) --> (\w+)/gm)].map(([, from, to]) => `${from} → ${to}`).sort();
}

const allowed = (transitions: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(transitions)
    .flatMap(([from, targets]) => targets.map((to) => `${from} → ${to}`))
    .sort();

describe('the README of payments', () => {
  it('draws the states of an order as the rules have them, and what only two people may do', () => {
    expect(drawn('Orders')).toEqual([...allowed(ORDER_TRANSITIONS), 'paid → closed'].sort());
  });

  it('draws the states of a refund as the rules have them', () => {
    expect(drawn('Refunds')).toEqual(allowed(REFUND_TRANSITIONS));
  });

  it('answers each of the fifteen cases, each of which is a test', () => {
    const fifteen = Array.from({ length: 15 }, (_, n) => String(n + 1));
    const answers = [...readme.matchAll(/^\| (\d+) \| [^|]+\? \| [^|]+\. \|$/gm)].map(([, number]) => number);
    expect(answers).toEqual(fifteen);
    // As a group of its own, or as a row of the table of groups.
    const tested = new Set(
      [...cases.matchAll(/^(?:describe\(| {2}\[)'(\d+): /gm)].map(([, number]) => number),
    );
    expect([...tested]).toEqual(fifteen);
  });
});
