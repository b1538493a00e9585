/**
 * The text of a csv file. Excel in Chinese Windows saves it as GB18030 unless told otherwise; what is not valid UTF-8 is
 * that.
 */
export async function readTableFile(file: Blob): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
