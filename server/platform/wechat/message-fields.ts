/** A value that its field of a subscription message cannot hold, and that must not be cut. Never quotes the value. */
export class MessageFieldError extends Error {
  override readonly name = 'MessageFieldError';

  constructor(readonly field: string) {
    super(`subscription message: the value does not fit ${field}`);
  }
}

/** A field's kind is its name without the number: thing1, date2, amount3. */
type Rule = (value: string) => string | undefined;

/**
 * Makes a value fit its field, as WeChat limits it: texts are cut, amounts, times and numbers are not. A value that does
 * not fit costs the whole message (47003), and one consent is one message.
 *
 * @param field for example "thing1"
 * @throws MessageFieldError when nothing sensible fits, and for an unknown kind of field
 */
export function fitMessageField(field: string, value: string): string {
  const rule = RULES.get(field.replace(/\d+$/, ''));
  // Line breaks and other control characters are allowed nowhere.
  const fitted = rule?.(value.replace(/\p{Cc}+/gu, ' ').trim());
  if (!fitted) throw new MessageFieldError(field);
  return fitted;
}

const cutTo =
  (limit: number): Rule =>
  (value) =>
    cut(value, limit);

const onlyIf =
  (pattern: RegExp): Rule =>
  (value) =>
    pattern.test(value) ? value : undefined;

const DATE = String.raw`\d{4}(年\d{1,2}月\d{1,2}日|([-/.])\d{1,2}\2\d{1,2})`;
const TIME = String.raw`([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?`;

const RULES: ReadonlyMap<string, Rule> = new Map([
  ['thing', cutTo(20)],
  // Ten Chinese characters (letters among them count the same), or twenty letters; never digits.
  ['name', (value) => fitName(value.replace(/\d/g, ''))],
  ['phrase', (value) => cut(value.replace(/\P{Script=Han}/gu, ''), 5, '')],
  ['character_string', (value) => value.replace(/[^\x20-\x7e]/g, '').slice(0, 32)],
  ['letter', (value) => value.replace(/[^A-Za-z]/g, '').slice(0, 32)],
  ['symbol', (value) => cut(value, 5, '')],
  // One symbol, ten digits, perhaps two decimals and 元.
  ['amount', onlyIf(/^[^\d\s.]?\d{1,10}(\.\d{1,2})?元?$/u)],
  ['number', onlyIf(/^-?\d{1,30}(\.\d{1,2})?$/)],
  ['phone_number', onlyIf(/^[\d+\-() ]{1,17}$/)],
  ['date', onlyIf(new RegExp(`^${DATE}( ?${TIME})?$`))],
  ['time', onlyIf(new RegExp(`^(${DATE} ?)?${TIME}$`))],
]);

const fitName = (value: string) => cut(value, /\P{ASCII}/u.test(value) ? 10 : 20, '');

/** Counts as JavaScript does, which is never less than WeChat does, and never splits a character. */
function cut(value: string, limit: number, mark = '…'): string {
  if (value.length <= limit) return value;
  let kept = '';
  for (const character of value) {
    if (kept.length + character.length > limit - mark.length) break;
    kept += character;
  }
  return kept + mark;
}
