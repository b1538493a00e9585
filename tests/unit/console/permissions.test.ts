import { PAGES, pagesFor, WHO } from '../../../server/console/session/permissions';
import { type ContractKey, contract } from '../../../shared/contract';

/** The console shows nobody what the server would refuse, and hides nothing that it would allow. */
it.each(Object.keys(WHO) as (keyof typeof WHO)[])('knows who may call %s', (key) => {
  const { who }: { who: readonly string[] } = contract[key satisfies ContractKey];
  expect([...WHO[key]].sort()).toEqual([...who].sort());
});

it('gives every role of the console a page to begin with, and the office all but the bills', () => {
  for (const role of ['office', 'college', 'support', 'finance', 'auditor', 'operator'] as const) {
    expect(pagesFor(role)[0]?.key).toBe('today');
  }
  const hidden = PAGES.filter((page) => !pagesFor('office').includes(page)).map(({ key }) => key);
  expect(hidden).toEqual(['reconciliation', 'reports', 'whereabouts']);
});
