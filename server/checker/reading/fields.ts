export type Raw = Record<string, unknown>;

/** A record in the checker's own terms, or why it cannot be read. */
export type Read<T> = { ok: true; value: T } | { ok: false; id: string; complaint: string };

/** Reads a record field by field; `read` gives the record, or all complaints at once. */
export function read<T>(raw: Raw, shape: (fields: Fields) => T): Read<T> {
  const fields = new Fields(raw);
  const value = shape(fields);
  if (fields.complaints.length === 0) return { ok: true, value };
  return { ok: false, id: String(raw._id), complaint: fields.complaints.join('; ') };
}

/** Trusts nothing: what is not as it should be becomes a complaint and a harmless stand-in. */
export class Fields {
  constructor(
    private readonly raw: Raw,
    readonly complaints: string[] = [],
    private readonly prefix = '',
  ) {}

  text(name: string): string {
    const value = this.raw[name];
    return typeof value === 'string' && value !== '' ? value : this.complain(name, '');
  }

  textOrEmpty(name: string): string {
    return this.raw[name] === '' ? '' : this.text(name);
  }

  textOrNull(name: string): string | null {
    return this.isAbsent(name) ? null : this.text(name);
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T {
    const [first] = values;
    if (first === undefined) throw new Error('no values allowed');
    return values.find((value) => value === this.raw[name]) ?? this.complain(name, first);
  }

  flag(name: string): boolean {
    const value = this.raw[name];
    return typeof value === 'boolean' ? value : this.complain(name, false);
  }

  /** Fen, or any other whole number of 0 or more. */
  count(name: string): number {
    const value = this.integer(name);
    return value >= 0 ? value : this.complain(name, 0);
  }

  integer(name: string): number {
    const value = this.raw[name];
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : this.complain(name, 0);
  }

  countOrNull(name: string): number | null {
    return this.isAbsent(name) ? null : this.count(name);
  }

  instantOrNull(name: string): Date | null {
    if (this.isAbsent(name)) return null;
    const value = this.raw[name];
    return value instanceof Date ? value : this.complain(name, null);
  }

  texts(name: string): string[] {
    const value = this.raw[name];
    return isTexts(value) ? value : this.complain(name, []);
  }

  /** Parts of a record, each read by `shape`. */
  list<T>(name: string, shape: (fields: Fields) => T): T[] {
    const value = this.raw[name];
    if (!Array.isArray(value) || !value.every(isRaw)) return this.complain(name, []);
    return value.map((part, index) => shape(this.inside(part, `${name}.${index}`)));
  }

  part<T>(name: string, shape: (fields: Fields) => T): T {
    const value = this.raw[name];
    return shape(this.inside(isRaw(value) ? value : this.complain(name, {}), name));
  }

  partOrNull<T>(name: string, shape: (fields: Fields) => T): T | null {
    if (this.isAbsent(name)) return null;
    const value = this.raw[name];
    return isRaw(value) ? shape(this.inside(value, name)) : this.complain(name, null);
  }

  private isAbsent(name: string): boolean {
    return this.raw[name] === undefined || this.raw[name] === null;
  }

  private inside(part: Raw, name: string): Fields {
    return new Fields(part, this.complaints, `${this.prefix}${name}.`);
  }

  private complain<T>(name: string, standIn: T): T {
    this.complaints.push(`${this.prefix}${name} is ${describe(this.raw[name])}`);
    return standIn;
  }
}

export const isRaw = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string');

/** Short, and never a whole document: a problem must not carry personal data. */
function describe(value: unknown): string {
  if (typeof value === 'number' || value === undefined || value === null) return String(value);
  if (typeof value === 'string') return value === '' ? 'empty' : `"${value.slice(0, 20)}"`;
  return `of type ${Array.isArray(value) ? 'array' : typeof value}`;
}
