import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { type RefusedBecause, type TableLimits, TableRefused } from './table-file';

/** The parts of a workbook. */
export interface Parts {
  has(path: string): boolean;
  /** A part unpacked, piece by piece; nothing for one that is not there. @throws TableRefused when it is damaged */
  read(path: string): AsyncGenerator<Buffer, void>;
}

/**
 * Opens the zip around a workbook. What it would unpack to is known before the first byte is unpacked, and yauzl stops
 * any part that unpacks to more than it said (validateEntrySizes): so the sum of what the parts say is a true limit.
 *
 * @throws TableRefused
 */
export async function openParts(bytes: Buffer, limits: TableLimits): Promise<Parts> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true }).catch(
    (cause: unknown) => {
      throw damaged(cause);
    },
  );
  if (zip.entryCount > limits.parts) throw bomb();
  const entries = await list(zip);
  refuseOthers(entries);
  refuseBombs(bytes.length, entries, limits);
  return {
    has: (path) => entries.has(path.toLowerCase()),
    async *read(path) {
      const entry = entries.get(path.toLowerCase());
      if (!entry) return;
      try {
        for await (const piece of await zip.openReadStreamPromise(entry)) yield piece;
      } catch (cause) {
        throw cause instanceof TableRefused ? cause : damaged(cause);
      }
    },
  };
}

export const damaged = (cause?: unknown): TableRefused =>
  new TableRefused('damaged', '文件打不开，可能没有传完整或已损坏，请用 Excel 打开确认后重新保存再上传', {
    cause,
  });

async function list(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry);
  } catch (cause) {
    throw damaged(cause);
  }
  return entries;
}

/** Other files that are zips too. */
function refuseOthers(entries: ReadonlyMap<string, Entry>): void {
  if (entries.has('xl/workbook.xml')) return;
  const other = OTHERS.find(({ part }) => entries.has(part));
  if (other) throw new TableRefused(other.because, other.reason);
  if (entries.has('_rels/.rels')) return;
  throw new TableRefused('archive', '这是压缩包，请解压后上传里面的表格');
}

const OTHERS: readonly { part: string; because: RefusedBecause; reason: string }[] = [
  {
    part: 'word/document.xml',
    because: 'word',
    reason: '这是 Word 文档，请在 Word 里选中整张表格复制，再粘贴到这里',
  },
  {
    part: 'xl/workbook.bin',
    because: 'binary_workbook',
    reason: '这是 .xlsb 二进制工作簿，请用 Excel 另存为“.xlsx”后再上传',
  },
  { part: 'content.xml', because: 'open_document', reason: '这是 .ods 表格，请另存为“.xlsx”后再上传' },
];

function refuseBombs(packed: number, entries: ReadonlyMap<string, Entry>, limits: TableLimits): void {
  let unpacked = 0;
  for (const entry of entries.values()) {
    if (entry.isEncrypted()) {
      throw new TableRefused('old_excel_or_password', '文件加了密码，请去掉密码后再上传');
    }
    unpacked += entry.uncompressedSize;
  }
  const isSuspect = unpacked > limits.unsuspectedBytes && unpacked > packed * limits.ratio;
  if (unpacked > limits.unpackedBytes || isSuspect) throw bomb();
}

const bomb = (): TableRefused =>
  new TableRefused(
    'unpacks_too_large',
    '文件展开后太大，请只保留需要的工作表和列，复制到新的表格里保存后再上传',
  );
