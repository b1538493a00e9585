import { z } from 'zod';

type Json = { [name: string]: unknown };

/** What strings of the contract look like, by their pattern's source. */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [/\[0-9a-f\]\{24\}/, '0'.repeat(24)],
  [/16,64/, 'sample-0123456789'],
  [/\[0-5\]\\d/, '08:30'],
  [/\\d\{6\}/, '123456'],
  [/\[0-9A-Z\]\{8\}/, 'AAAA2222'],
];

/** The smallest value that a schema of the contract accepts. @throws Error naming what this does not know to make */
export function sampleOf(schema: z.ZodType): unknown {
  const value = make(jsonSchemaOf(schema));
  const { success, error } = schema.safeParse(value);
  if (!success) throw new Error(`${JSON.stringify(value)} is no sample: ${error.message}`);
  return value;
}

/** One for each field that may be left out, with that field, as far as this can make it. */
export function fullerSamplesOf(schema: z.ZodType): unknown[] {
  const json = jsonSchemaOf(schema);
  const { properties = {}, required = [] } = json;
  const optional = Object.keys(properties as Json).filter((name) => !(required as string[]).includes(name));
  return optional
    .map((name) => make({ ...json, required: [...(required as string[]), name] }))
    .filter((value) => schema.safeParse(value).success);
}

const jsonSchemaOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;

function make(schema: Json): unknown {
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const [alternative] = (schema.anyOf ?? schema.oneOf ?? []) as Json[];
  if (alternative) return make(alternative);
  switch (schema.type) {
    case 'object':
      return makeObject(schema);
    case 'array':
      return Array.from({ length: Number(schema.minItems ?? 0) }, () => make(schema.items as Json));
    case 'string':
      return makeString(schema);
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema.minimum ?? 1));
    case 'boolean':
      return true;
    default:
      return null;
  }
}

function makeObject({ properties = {}, required = [] }: Json): Json {
  const names = required as string[];
  return Object.fromEntries(
    Object.entries(properties as Json).flatMap(([name, property]) =>
      names.includes(name) ? [[name, make(property as Json)]] : [],
    ),
  );
}

function makeString({ format, pattern, minLength, allOf = [] }: Json): string {
  if (format === 'date') return '2022-11-19';
  if (format === 'date-time') return '2022-11-19T08:30:00+08:00';
  if (format === 'email') return 'sample@example.edu.cn';
  const patterns = [pattern, ...(allOf as Json[]).map((part) => part.pattern)].map((one) =>
    String(one ?? ''),
  );
  const known = LOOKS.find(([look]) => patterns.some((one) => look.test(one)));
  return known ? known[1] : 'a'.repeat(Math.max(3, Number(minLength ?? 0)));
}
