import { Binary, BSONRegExp, Code, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { type Document, isDocument, type Value } from './values';

/** A value as MongoDB prints it inside an error message, for example `{ name: "x", at: new Date(5) }`. */
export function format(value: Value | undefined): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isDocument(value)) return formatDocument(value);
  if (Array.isArray(value)) return `[ ${value.map(format).join(', ')} ]`;
  if (value instanceof Double) return value.value.toFixed(1);
  if (value instanceof Long) return value.toString();
  if (value instanceof ObjectId) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (value instanceof Binary) return formatBinary(value);
  if (value instanceof BSONRegExp) return `/${value.pattern}/${value.options}`;
  if (value instanceof Timestamp) return `Timestamp(${value.getHighBits()}, ${value.getLowBits()})`;
  if (value instanceof Code) return value.code;
  if (value instanceof MinKey) return 'MinKey';
  return value instanceof MaxKey ? 'MaxKey' : '';
}

function formatDocument(document: Document): string {
  if (document.size === 0) return '{}';
  const fields = [...document].map(([name, value]) => `${name}: ${format(value)}`);
  return `{ ${fields.join(', ')} }`;
}

function formatBinary(value: Binary): string {
  if (value.sub_type === Binary.SUBTYPE_UUID && value.position === 16) return `UUID("${value.toUUID()}")`;
  return `BinData(${value.sub_type}, ${value.toString('hex').toUpperCase()})`;
}
