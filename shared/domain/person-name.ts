import { characters, tidy } from './text';

/**
 * One spelling for a name from a form, a roster or an ID card: no spaces between Han characters, one space between
 * Latin words, the separating dot always `·`. `王　芳` → `王芳`, `买买提．艾力` → `买买提·艾力`.
 */
export function normaliseName(text: string): string {
  return tidy(text.replace(/[\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65\uff0e]/g, '·'))
    .replace(/([^ -~]) (?=[^ -~])/g, '$1')
    .replace(/([^ -~])\.(?=[^ -~])/g, '$1·');
}

export type NameCheck = { ok: true; name: string } | { ok: false; message: string };

/**
 * Whether this can stand on a document: Han characters (the rare ones of the supplementary planes too), letters with
 * their accents, and what separates the parts of a name.
 */
export function checkName(text: string): NameCheck {
  const name = normaliseName(text);
  if (name === '') return { ok: false, message: '请填写姓名' };
  const strange = characters(name).find((character) => !NAME_CHARACTER.test(character));
  if (strange === undefined) return { ok: true, name };
  return { ok: false, message: /\d/.test(strange) ? NO_DIGITS : NO_SIGNS };
}

/** By their blocks: old phones do not know \p{…}. \ue000–\uf8ff is where rare characters live until they have a number. */
const NAME_CHARACTER = new RegExp(
  [
    "[a-z ·.'’-]",
    '[\\u00c0-\\u024f\\u1e00-\\u1eff]',
    '[\\u0300-\\u036f]',
    '[\\u0400-\\u04ff\\u3040-\\u30ff\\uac00-\\ud7af]',
    '[\\u3005-\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\ue000-\\uf8ff]',
    '[\\ud840-\\ud88f][\\udc00-\\udfff]',
  ]
    .map((part) => `^${part}$`)
    .join('|'),
  'i',
);
const NO_DIGITS = '姓名里不会有数字，请照证件填写';
const NO_SIGNS = '姓名里有证件上没有的符号或表情，请删掉';

/** Whether two spellings are the same name (letter case does not count). */
export function isSameName(one: string, other: string): boolean {
  return normaliseName(one).toUpperCase() === normaliseName(other).toUpperCase();
}

/**
 * Keeps the surname, hides the rest: `王芳` → `王*`, `欧阳娜娜` → `欧阳**`. In names with a dot only a real compound
 * surname stays whole: `欧阳·买买提` → `欧阳·***`, `阿卜杜拉·买买提` → `阿***·***`. Latin words keep their initial.
 */
export function maskName(text: string): string {
  const name = normaliseName(text);
  if (/^[ -~]*$/.test(name)) return name.split(' ').map(keepInitial).join(' ');
  const [first = '', ...others] = name.split('·');
  return [keepSurname(first, others.length === 0), ...others.map(hide)].join('·');
}

const COMPOUND_SURNAMES = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 ' +
    '公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 ' +
    '拓跋 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 左丘 西门 第五 淳于 单于 完颜 纳兰'
  ).split(' '),
);

function keepSurname(part: string, isWholeName: boolean): string {
  const letters = characters(part);
  const two = letters.slice(0, 2).join('');
  const isCompound = COMPOUND_SURNAMES.has(two) && (letters.length > 2 || !isWholeName);
  const kept = isCompound ? 2 : 1;
  if (letters.length === 1 && isWholeName) return '*';
  return letters.slice(0, kept).join('') + hide(letters.slice(kept).join(''));
}

function keepInitial(word: string): string {
  return word.slice(0, 1) + hide(word.slice(1));
}

function hide(part: string): string {
  return '*'.repeat(characters(part).length);
}
