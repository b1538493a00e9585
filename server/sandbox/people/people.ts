import { type Store, under } from '../store';
import type { Person } from './person';
import { personId, specimen } from './specimen';

export interface People {
  /** Makes (or finds again) `count` specimens of a seed. */
  make(order: { count: number; seed: number; startIndex: number }): Person[];
  get(id: string): Person | undefined;
  list(limit: number, offset: number): { total: number; people: Person[] };
  change(id: string, change: Partial<Omit<Person, 'id'>>): Person | undefined;
  byIdNumber(idNumber: string): Person | undefined;
  byBankCard(card: string): Person | undefined;
  byOpenid(openid: string): Person | undefined;
}

const INDEXED = ['idNumber', 'bankCard', 'openid'] as const;
type Indexed = (typeof INDEXED)[number];

export function openPeople(store: Store): People {
  const table = store.table<Person>('people');
  const index = store.table<string>('people-index');

  const holder = (field: Indexed, value: string) => index.get(`${field}/${value}`);
  const find = (field: Indexed, value: string) => {
    const id = holder(field, value);
    return id === undefined ? undefined : table.get(id);
  };
  const keep = (person: Person) => {
    const before = table.get(person.id);
    for (const field of INDEXED) {
      if (before && before[field] !== person[field]) index.remove(`${field}/${before[field]}`);
      index.put(`${field}/${person[field]}`, person.id);
    }
    table.put(person.id, person);
  };
  const clashes = (person: Person) =>
    INDEXED.some((field) => (holder(field, person[field]) ?? person.id) !== person.id);
  const makeOne = (seed: number, number: number) => {
    const known = table.get(personId(seed, number));
    if (known) return known;
    let person = specimen(seed, number);
    for (let salt = 1; clashes(person); salt += 1) person = specimen(seed, number, salt);
    keep(person);
    return person;
  };

  return {
    make: ({ count, seed, startIndex }) =>
      store.write(() => Array.from({ length: count }, (_, step) => makeOne(seed, startIndex + step))),
    get: (id) => table.get(id),
    list: (limit, offset) => ({
      total: table.getCount(),
      people: [...table.getRange({ ...under('p'), limit, offset })].map(({ value }) => value),
    }),
    change(id, change) {
      const person = table.get(id);
      if (!person) return undefined;
      const changed = { ...person, ...change, id };
      store.write(() => keep(changed));
      return changed;
    },
    byIdNumber: (idNumber) => find('idNumber', idNumber),
    byBankCard: (card) => find('bankCard', card),
    byOpenid: (openid) => find('openid', openid),
  };
}
