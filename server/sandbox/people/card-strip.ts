import { createHash } from 'node:crypto';
import type { Person } from './person';

/** What a side of the card says, as printed and as the machine-readable code repeats it. */
export type CardSide =
  | {
      side: 'front';
      name: string;
      sex: string;
      nation: string;
      birth: string;
      address: string;
      idNumber: string;
    }
  | { side: 'back'; authority: string; validity: string };

const MARK = 'SANDBOX-ID';

export function frontOf(person: Person): CardSide {
  const { name, sex, nation, birth, address, idNumber } = person;
  return { side: 'front', name, sex, nation, birth, address, idNumber };
}

export function backOf(person: Person): CardSide {
  return { side: 'back', authority: person.idAuthority, validity: person.idValidity };
}

/** The text of the code that is drawn on the card. */
export function encodeStrip(card: CardSide): string {
  const fields =
    card.side === 'front'
      ? ['F', card.name, card.sex, card.nation, card.birth, card.address, card.idNumber]
      : ['B', card.authority, card.validity];
  const text = [MARK, ...fields].join('|');
  return `${text}|${checkOf(text)}`;
}

/** The side a code's text stands for; undefined for any other code. */
export function decodeStrip(text: string): CardSide | undefined {
  const end = text.lastIndexOf('|');
  if (end < 0 || checkOf(text.slice(0, end)) !== text.slice(end + 1)) return undefined;
  const [mark, letter, ...fields] = text.slice(0, end).split('|');
  if (mark !== MARK) return undefined;
  if (letter === 'B') {
    const [authority = '', validity = ''] = fields;
    return { side: 'back', authority, validity };
  }
  const [name = '', sex = '', nation = '', birth = '', address = '', idNumber = ''] = fields;
  return { side: 'front', name, sex, nation, birth, address, idNumber };
}

function checkOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6);
}
