import { SaxesParser } from 'saxes';
import { TableRefused } from './table-file';
import { damaged } from './xlsx-zip';

export interface XmlEvents {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads XML piece by piece; names come without their prefix. Spreadsheets need no document types, CDATA and comments:
 * they are refused, and with them all that an XML reader would have to hold or to expand.
 *
 * @returns after every piece (a part that is not there has none), so that the caller can hand on what was read and the source waits meanwhile
 * @throws TableRefused for what is no XML, or none of a spreadsheet
 */
export async function* readXml(
  pieces: AsyncIterable<Buffer>,
  { open, text, close }: XmlEvents,
): AsyncGenerator<void, void> {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  const decoder = new TextDecoder('utf-8');
  const guard = new Guard();
  let hasBegun = false;
  parser.on('error', (error) => {
    throw damaged(error);
  });
  if (open) parser.on('opentag', ({ name, attributes }) => open(withoutPrefix(name), attributes));
  if (text) parser.on('text', text);
  if (close) parser.on('closetag', ({ name }) => close(withoutPrefix(name)));
  for await (const piece of pieces) {
    hasBegun = true;
    guard.check(piece);
    parser.write(decoder.decode(piece, { stream: true }));
    yield;
  }
  if (hasBegun) parser.close();
}

/** Reads a small part to its end. */
export async function readWholeXml(pieces: AsyncIterable<Buffer>, events: XmlEvents): Promise<void> {
  for await (const _ of readXml(pieces, events));
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(':') + 1);

const LESS_THAN = 0x3c;
const EXCLAMATION = 0x21;
// A cell holds 32,767 characters, even as entities far less than this.
const LONGEST_RUN = 1024 * 1024;

/** The parser keeps a text or a tag until it ends: one that never does must not fill the memory. */
class Guard {
  private run = 0;
  private lastByte = 0;

  check(piece: Buffer): void {
    const last = piece.lastIndexOf(LESS_THAN);
    this.run = last < 0 ? this.run + piece.length : piece.length - last;
    if (this.run > LONGEST_RUN) throw strange();
    if (this.lastByte === LESS_THAN && piece[0] === EXCLAMATION) throw strange();
    if (piece.includes('<!')) throw strange();
    this.lastByte = piece[piece.length - 1] ?? this.lastByte;
  }
}

const strange = (): TableRefused =>
  new TableRefused('damaged', '文件里有表格不该有的内容，请用 Excel 或 WPS 打开后另存为“.xlsx”再上传');
