import { compact } from './text';

export const TRAININGS = ['undergraduate', 'top_up', 'second_degree'] as const;
export type Training = (typeof TRAININGS)[number];

export const TRAINING_LABELS: Readonly<Record<Training, string>> = {
  undergraduate: '本科',
  top_up: '专升本',
  second_degree: '第二学士学位',
};

/** A major as timetables and rosters write it, taken apart. Two readings meet when `majorKey` agrees. */
export interface MajorReading {
  /** 土木工程 */
  name: string;
  /** 建筑工程, 中外合作办学项目; empty when there is none */
  direction: string;
  /** As stated in the text itself; empty when it says nothing (which means 本科, see `servedTrainings`) */
  trainings: readonly Training[];
  /** The spelling that the alias table corrected, if it did */
  correctedFrom?: string;
}

export interface MajorAlias {
  from: string;
  to: string;
}

/** Misspellings met in real notices, and names that mean the same. A campaign adds its own. */
const MAJOR_ALIASES: readonly MajorAlias[] = [
  { from: '机械设计制造其自动化', to: '机械设计制造及其自动化' },
  { from: '农业机械化其自动化', to: '农业机械化及其自动化' },
  { from: '电气工程其自动化', to: '电气工程及其自动化' },
  { from: '中外合作办学', to: '中外合作办学项目' },
  { from: '中外合作', to: '中外合作办学项目' },
];

/** Names and directions share one table; later entries win. */
export type AliasTable = ReadonlyMap<string, string>;

export function aliasTable(extra: readonly MajorAlias[] = []): AliasTable {
  return new Map([...MAJOR_ALIASES, ...extra].map(({ from, to }) => [bare(from), bare(to)]));
}

/**
 * Reads `土木工程（建筑工程）专升本`, `计算机科学与技术-专升本`, `[专升本]园艺`, `茶学（含专升本）` and the like. Brackets of
 * every kind count alike, even unbalanced; what stands in them is the training or the direction.
 */
export function readMajor(text: string, aliases: AliasTable = DEFAULT_ALIASES): MajorReading {
  const trainings = new Set<Training>();
  const parts: string[] = [];
  for (const part of bare(text).split(BRACKETS)) {
    const rest = takeTrainings(part, trainings);
    if (rest !== '') parts.push(rest);
  }
  const [written = '', ...directions] = parts;
  const name = aliases.get(written) ?? written;
  return {
    name,
    direction: directions.map((direction) => readDirection(direction, aliases)).join('、'),
    trainings: TRAININGS.filter((training) => trainings.has(training)),
    ...(name === written ? {} : { correctedFrom: written }),
  };
}

/** What two spellings of the same major and direction have in common. */
export function majorKey({ name, direction }: Pick<MajorReading, 'name' | 'direction'>): string {
  return direction === '' ? name : `${name}（${direction}）`;
}

/** Whom a timetable row serves: what its major says, else 本科; a remark 含专升本 adds them. */
export function servedTrainings(major: MajorReading, remark = ''): Training[] {
  const served = new Set<Training>(major.trainings.length > 0 ? major.trainings : ['undergraduate']);
  takeTrainings(bare(remark), served);
  return TRAININGS.filter((training) => served.has(training));
}

/** 层次/培养类型 of a roster; undefined when the words are none of ours. */
export function readTraining(text: string): Training | undefined {
  const words = bare(text).split(BRACKETS).join('');
  if (words === '') return undefined;
  const found = new Set<Training>();
  takeTrainings(words, found);
  if (found.has('second_degree')) return 'second_degree';
  if (found.has('top_up')) return 'top_up';
  return /^(普通|全日制)*(四年制|五年制)?(大学)?本科生?$/.test(words) ? 'undergraduate' : undefined;
}

// Longer than any major: what follows is not looked at, so that hostile text costs nothing.
const LONGEST_MAJOR = 120;
const BRACKETS = /[()[\]{}<>【】〔〕〖〗《》〈〉「」『』]/;
const TOP_UP = '专升本|专接本|专起本|专科起点本科';
const SECOND_DEGREE = '第二学士学位|二学士学位|第二学位|二学位';
const TRAINING_WORDS = `(含|包括|兼)?(${TOP_UP}|${SECOND_DEGREE})(学生|班|生)?`;
const JOINTS = '[-–—_/、,;:·]*';
const LEADING = new RegExp(`^${JOINTS}${TRAINING_WORDS}${JOINTS}`);
const TRAILING = new RegExp(`${JOINTS}${TRAINING_WORDS}${JOINTS}$`);
const DEFAULT_ALIASES = aliasTable();

function bare(text: string): string {
  return compact(text.slice(0, LONGEST_MAJOR));
}

/** Adds the trainings named at either end of `part`, and returns the rest. `含…` means: besides 本科. */
function takeTrainings(part: string, into: Set<Training>): string {
  let rest = part;
  for (const edge of [LEADING, TRAILING]) {
    const match = edge.exec(rest);
    if (!match) continue;
    const [whole, besides, words = ''] = match;
    into.add(words.includes('学位') ? 'second_degree' : 'top_up');
    if (besides) into.add('undergraduate');
    rest = rest.replace(whole, '');
  }
  return rest === '本科' ? '' : rest;
}

function readDirection(text: string, aliases: AliasTable): string {
  const direction = text.replace(/(专业)?方向$/, '');
  return aliases.get(direction) ?? direction;
}
