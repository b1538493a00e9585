import { badValue, MongoError } from '../errors';

const FLAGS: Readonly<Record<string, string>> = { i: 'i', m: 'm', s: 's', u: '' };

/**
 * A PCRE pattern as a JavaScript one. Flag x (extended) and PCRE-only syntax are refused, not guessed.
 * @throws MongoError 51091 when it does not compile, 51108 for an unknown flag
 */
export function compilePattern(pattern: string, options: string): RegExp {
  if (pattern.includes('\0')) throw badValue('Regular expression cannot contain an embedded null byte');
  const inline = /^\(\?([ims]+)\)/.exec(pattern);
  const body = inline ? pattern.slice(inline[0].length) : pattern;
  const flags = new Set([...options, ...(inline?.[1] ?? '')].map(flag));
  const text = [...flags].join('');
  try {
    return new RegExp(body, `${text}u`);
  } catch {
    return withoutUnicode(body, text);
  }
}

function flag(letter: string): string {
  const known = FLAGS[letter];
  if (known === undefined) throw new MongoError(51108, `invalid flag in regex options: ${letter}`);
  return known;
}

/** Escapes such as \- or \_ are fine in PCRE and refused by the u flag alone. */
function withoutUnicode(body: string, flags: string): RegExp {
  try {
    return new RegExp(body, flags);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MongoError(51091, `Regular expression is invalid: ${reason}`);
  }
}
