import { tidy } from './text';

/** What a portrait's file may be named after. */
export interface PortraitFacts {
  studentNo: string;
  name: string;
  className: string;
  room: string;
  shotNumber: number;
}

/** What a template says for each, in the words of whoever writes it. */
const FIELDS: readonly (readonly [word: string, field: keyof PortraitFacts])[] = [
  ['{学号}', 'studentNo'],
  ['{姓名}', 'name'],
  ['{班级}', 'className'],
  ['{教室}', 'room'],
  ['{序号}', 'shotNumber'],
];
export const PORTRAIT_WORDS: readonly string[] = FIELDS.map(([word]) => word);
export const USUAL_TEMPLATE = '{学号}_{姓名}';

/**
 * The file name of a portrait without its ending, from a template such as `{教室}_{序号}_{姓名}`. What Windows does
 * not allow in a name becomes `_`; shot numbers have four digits, so that names sort as the numbers do.
 */
export function portraitName(template: string, facts: PortraitFacts): string {
  const values = { ...facts, shotNumber: String(facts.shotNumber).padStart(4, '0') };
  const name = FIELDS.reduce((text, [word, field]) => text.split(word).join(values[field]), template);
  return name.replace(/[\\/:*?"<>|]/g, '_').trim();
}

/** Undefined when the template tells students apart; else what is wrong with it, for a person. */
export function templateProblem(template: string): string | undefined {
  const unknown = template.match(/\{[^}]*\}/g)?.find((word) => !PORTRAIT_WORDS.includes(word));
  if (unknown) return `没有 ${unknown} 这一项，可用 ${PORTRAIT_WORDS.join(' ')}`;
  const tellsApart =
    template.includes('{学号}') || (template.includes('{教室}') && template.includes('{序号}'));
  return tellsApart ? undefined : '文件名里要有 {学号}，或者 {教室} 加 {序号}，否则会重名';
}

export interface PortraitMatch<T> {
  matched: number;
  /** Photographed, and no file came back. */
  missing: T[];
  /** Files that belong to nobody. */
  extra: string[];
  /** Several files for one student. */
  duplicate: { of: T; files: string[] }[];
}

const PICTURE = /\.(jpe?g|png|tiff?|bmp|heic)$/i;
/** What computers leave beside pictures. */
const LITTER = /^(\._.*|\.ds_store|thumbs\.db|desktop\.ini)$/i;
/** `name (1)`, `name - 副本`, `name_副本`: copies of one picture. */
const COPY = /( ?\(\d+\)|[-_ ]*副本( ?\(\d+\))?)$/;

/**
 * Compares the files that the agency returned with who was photographed.
 *
 * @param files names as a folder or a zip lists them, with or without folders before them
 */
export function matchPortraits<T>(
  expected: readonly { of: T; name: string }[],
  files: readonly string[],
): PortraitMatch<T> {
  const owners = new Map(expected.map(({ of, name }) => [keyOf(name), { of, files: [] as string[] }]));
  const extra: string[] = [];
  for (const file of files) {
    const base = file.split(/[\\/]/).pop() ?? '';
    if (base === '' || LITTER.test(base)) continue;
    const stem = base.replace(PICTURE, '');
    const owner = PICTURE.test(base)
      ? (owners.get(keyOf(stem)) ?? owners.get(keyOf(stem.replace(COPY, ''))))
      : undefined;
    if (owner) owner.files.push(file);
    else extra.push(file);
  }
  const all = [...owners.values()];
  return {
    matched: all.filter((owner) => owner.files.length > 0).length,
    missing: all.filter((owner) => owner.files.length === 0).map(({ of }) => of),
    extra,
    duplicate: all.filter((owner) => owner.files.length > 1),
  };
}

const keyOf = (name: string): string => tidy(name).toUpperCase();
