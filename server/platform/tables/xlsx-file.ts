import path from 'node:path';
import { readWholeXml } from './read-xml';
import type { SheetInfo, TableFile, TableLimits } from './table-file';
import { findMerges } from './xlsx-merges';
import { readMeanings } from './xlsx-numbers';
import { readSheet } from './xlsx-sheet';
import { readSharedStrings, type SharedStrings } from './xlsx-strings';
import { damaged, openParts, type Parts } from './xlsx-zip';

/** Opens a workbook: its sheets are known at once, their rows are read when asked for. @throws TableRefused */
export async function openXlsx(bytes: Buffer, limits: TableLimits): Promise<TableFile> {
  const parts = await openParts(bytes, limits);
  const workbookPath = await findWorkbook(parts);
  const { sheets, epoch1904 } = await readWorkbook(parts, workbookPath);
  if (sheets.length === 0) throw damaged();
  const relations = await readRelations(parts, workbookPath);
  const pathOf = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.target;
  const meanings = await readMeanings(parts.read(pathOf('styles') ?? ''));
  let strings: Promise<SharedStrings> | undefined;

  return {
    kind: 'xlsx',
    sheets: sheets.map(({ name, isHidden }) => ({ name, isHidden })),
    async *rows(sheet) {
      const part = relations.get(sheets[sheet]?.relation ?? '')?.target;
      if (part === undefined || !parts.has(part)) throw damaged();
      strings ??= readSharedStrings(parts.read(pathOf('sharedStrings') ?? ''));
      const merges = await findMerges(parts.read(part), limits.merges);
      yield* readSheet(parts.read(part), { strings: await strings, meanings, epoch1904, merges }, limits);
    },
  };
}

interface Relation {
  type: string;
  target: string;
}

async function findWorkbook(parts: Parts): Promise<string> {
  const relations = await readRelations(parts, '');
  const found = [...relations.values()].find(({ type }) => type === 'officeDocument');
  return found?.target ?? 'xl/workbook.xml';
}

async function readWorkbook(
  parts: Parts,
  workbookPath: string,
): Promise<{ sheets: (SheetInfo & { relation: string })[]; epoch1904: boolean }> {
  const sheets: (SheetInfo & { relation: string })[] = [];
  let epoch1904 = false;
  await readWholeXml(parts.read(workbookPath), {
    open(name, attributes) {
      if (name === 'workbookPr') epoch1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const id = Object.keys(attributes).find((key) => key.endsWith(':id'));
      sheets.push({
        name: attributes.name ?? '',
        isHidden: (attributes.state ?? 'visible') !== 'visible',
        relation: (id && attributes[id]) ?? '',
      });
    },
  });
  return { sheets, epoch1904 };
}

/** What a part refers to, by id; with the last word of the type and the path from the root. */
async function readRelations(parts: Parts, of: string): Promise<Map<string, Relation>> {
  const folder = path.posix.dirname(of);
  const relations = new Map<string, Relation>();
  const at = path.posix.join(folder, '_rels', `${path.posix.basename(of)}.rels`);
  await readWholeXml(parts.read(at), {
    open(name, { Id = '', Type = '', Target = '' }) {
      if (name !== 'Relationship') return;
      const target = Target.startsWith('/') ? Target.slice(1) : path.posix.join(folder, Target);
      relations.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
  });
  return relations;
}
