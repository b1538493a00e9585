import { decode } from '../bson/decode';
import { type Document, isDocument, isNumber, toNumber, typeName, type Value } from '../bson/values';
import { MongoError } from '../errors';
import type { Request } from '../wire/connection';

/** Fields that any command may carry. */
const GENERIC: ReadonlySet<string> = new Set([
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'readConcern',
  'writeConcern',
  'maxTimeMS',
  'comment',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'txnNumber',
  'startTransaction',
  'autocommit',
]);

/** A command's arguments, read with MongoDB's own complaints. The list of fields it takes is closed. */
export class Arguments {
  readonly command: string;
  readonly database: string;
  private readonly body: Document;

  constructor(
    private readonly request: Request,
    allowed: readonly string[],
  ) {
    this.body = request.body;
    this.command = this.body.keys().next().value ?? '';
    const database = this.body.get('$db');
    if (typeof database !== 'string') throw new MongoError(40571, 'OP_MSG requests require a $db argument');
    this.database = database;
    for (const name of [...this.body.keys(), ...request.sequences.keys()]) {
      if (name === this.command || GENERIC.has(name) || allowed.includes(name)) continue;
      throw new MongoError(40415, `BSON field '${this.command}.${name}' is an unknown field.`);
    }
  }

  get(name: string): Value | undefined {
    return this.body.get(name);
  }

  /** The collection the command is about: the value of its first field. */
  get collection(): string {
    const name = this.body.get(this.command);
    if (typeof name !== 'string') {
      throw new MongoError(73, `collection name has invalid type ${typeName(name)}`);
    }
    if (name === '') throw new MongoError(73, `Invalid namespace specified '${this.database}.'`);
    return name;
  }

  get namespace(): string {
    return `${this.database}.${this.collection}`;
  }

  document(name: string): Document | undefined {
    const value = this.optional(name);
    if (value === undefined || isDocument(value)) return value;
    throw this.wrongType(name, value, 'object');
  }

  text(name: string): string | undefined {
    const value = this.optional(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.wrongType(name, value, 'string');
  }

  flag(name: string): boolean {
    const value = this.optional(name);
    if (value === undefined) return false;
    if (typeof value === 'boolean') return value;
    if (isNumber(value)) return toNumber(value) !== 0;
    throw this.wrongType(name, value, 'bool');
  }

  /** A whole number, zero or more. */
  count(name: string): number | undefined {
    const value = this.optional(name);
    if (value === undefined) return undefined;
    if (!isNumber(value)) throw this.wrongType(name, value, '[long, int, decimal, double]');
    const number = Math.trunc(toNumber(value));
    if (number < 0)
      throw new MongoError(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
    return number;
  }

  list(name: string): readonly Value[] | undefined {
    const value = this.optional(name);
    if (value === undefined || Array.isArray(value)) return value;
    throw this.wrongType(name, value, 'array');
  }

  documents(name: string): readonly Document[] | undefined {
    const sequence = this.request.sequences.get(name);
    if (sequence) return sequence.map((bytes) => decode(bytes));
    return this.list(name)?.map((item, i) => {
      if (isDocument(item)) return item;
      throw this.wrongType(`${name}.${i}`, item, 'object');
    });
  }

  /** The documents as they were sent; undefined when they came inside the body. */
  sequence(name: string): readonly Buffer[] | undefined {
    return this.request.sequences.get(name);
  }

  required<T>(name: string, value: T | undefined): T {
    if (value !== undefined) return value;
    throw new MongoError(40414, `BSON field '${this.command}.${name}' is missing but a required field`);
  }

  /** When to give up, on this machine's clock; undefined for never. */
  get deadline(): number | undefined {
    const limit = this.count('maxTimeMS');
    return limit ? Date.now() + limit : undefined;
  }

  /** @throws MongoError for any collation but the simple one */
  refuseCollation(collation: Value | undefined = this.get('collation')): void {
    if (collation === undefined || (isDocument(collation) && collation.size === 0)) return;
    if (isDocument(collation) && collation.get('locale') === 'simple') return;
    throw new MongoError(238, 'the embedded database compares strings by their bytes only: no collation');
  }

  private optional(name: string): Value | undefined {
    const value = this.body.get(name);
    return value === null ? undefined : value;
  }

  private wrongType(name: string, value: Value, wanted: string): MongoError {
    return new MongoError(
      14,
      `BSON field '${this.command}.${name}' is the wrong type '${typeName(value)}', expected type '${wanted}'`,
    );
  }
}
