import type { Person } from '../../server/sandbox/people/person';
import { openTestSandbox, type TestSandbox } from './support/sandbox';

const luhn = (digits: string) =>
  [...digits].reverse().reduce((sum, digit, place) => {
    const doubled = place % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0) % 10;
const idCheck = (id: string) => {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return '10X98765432'[weights.reduce((sum, weight, place) => sum + weight * Number(id[place]), 0) % 11];
};

describe('specimen people', () => {
  let sandbox: TestSandbox;
  let people: Person[];

  const make = async (body: object) => (await sandbox.control<Person[]>('POST', '/people', body)).body;

  beforeAll(async () => {
    sandbox = await openTestSandbox();
    people = [...(await make({ count: 3000, seed: 1 })), ...(await make({ count: 3000, seed: 2 }))];
  });
  afterAll(() => sandbox.close());

  it('are the same for the same seed and number, whenever they are made', async () => {
    const again = await make({ count: 10, seed: 1, startIndex: 100 });
    expect(again).toEqual(people.slice(100, 110));
    const elsewhere = await openTestSandbox();
    const { body } = await elsewhere.control<Person[]>('POST', '/people', { count: 3000, seed: 1 });
    await elsewhere.close();
    expect(body).toEqual(people.slice(0, 3000));
  });

  it('never share a document, card, phone of one seed, or WeChat account', () => {
    for (const field of ['id', 'idNumber', 'bankCard', 'openid'] as const) {
      expect(new Set(people.map((person) => person[field])).size).toBe(people.length);
    }
  });

  it('carry documents that check, of regions that do not exist, and of a graduate’s age', () => {
    for (const { idNumber, birth, sex } of people) {
      expect(idNumber).toMatch(/^5399\d{13}[\dX]$/);
      expect(idNumber[17]).toBe(idCheck(idNumber));
      expect(idNumber.slice(6, 14)).toBe(birth.replaceAll('-', ''));
      expect(Number(idNumber[16]) % 2 === 1 ? '男' : '女').toBe(sex);
      expect(birth >= '1999-09-01' && birth <= '2002-08-31').toBe(true);
    }
  });

  it('have debit cards that pass Luhn and mobile numbers', () => {
    for (const { bankCard, phone } of people) {
      expect(bankCard).toMatch(/^\d{16,19}$/);
      expect(luhn(bankCard)).toBe(0);
      expect(phone).toMatch(/^1[3-9]\d{9}$/);
    }
  });

  it('include the names that break forms', () => {
    const names = people.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['李䶮', '欧阳若曦', '阿卜杜热合曼·阿卜杜克热木江']));
  });

  it('are listed by pages and found by id', async () => {
    const { body } = await sandbox.control<{ total: number; people: Person[] }>(
      'GET',
      '/people?limit=2&offset=1',
    );
    expect(body).toEqual({ total: 6000, people: people.slice(1, 3) });
    const { body: one } = await sandbox.control('GET', `/people/${people[4]?.id}`);
    expect(one).toEqual(people[4]);
    expect((await sandbox.control('GET', '/people/nobody')).status).toBe(404);
  });
});
