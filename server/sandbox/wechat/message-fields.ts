/** What a subscription message's field may hold, by the field's type (its name without the number). */
const RULES: Record<string, (value: string) => boolean> = {
  thing: (value) => [...value].length <= 20,
  name: (value) => (/\p{Script=Han}/u.test(value) ? [...value].length <= 10 : value.length <= 20),
  phrase: (value) => /^\p{Script=Han}{1,5}$/u.test(value),
  character_string: (value) => /^[\u0020-\u007e]{1,32}$/.test(value),
  amount: (value) => /^[^\d\s]?\d{1,10}(\.\d{1,2})?元?$/u.test(value),
  number: (value) => /^-?\d{1,32}(\.\d+)?$/.test(value),
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => [...value].length <= 5,
  phone_number: (value) => /^[\d+\-() ]{1,17}$/.test(value),
  date: isDate,
  time: (value) => /^\d{1,2}:\d{2}(~\d{1,2}:\d{2})?$/.test(value) || isDate(value),
};

/** Whether a value breaks its field's rule; an unknown type of field is a fault too. */
export function faultOfField(field: string, value: string): boolean {
  const rule = RULES[field.replace(/\d+$/, '')];
  return value === '' || rule === undefined || !rule(value);
}

function isDate(value: string): boolean {
  const day = String.raw`\d{4}(年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2})`;
  const clock = String.raw`( ?\d{1,2}:\d{2}(:\d{2})?)?`;
  return new RegExp(`^${day}${clock}(~(${day})?${clock})?$`).test(value);
}
