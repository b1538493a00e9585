import path from 'node:path';
import type { Stack } from '../demo/stack';

/** A task for a person who has never seen the product, and the demo that it is done in. */
export interface Tryout {
  /** One line for the list of tryouts. */
  title: string;
  /** Lays the scene on a fresh stack: people, campaign, clock. Its card is all that the person is told. */
  prepare(stack: Stack): Promise<TaskCard>;
  /** What others do while the person works; answers the line to print when they have done it. */
  meanwhile?(stack: Stack): Promise<string>;
}

export interface TaskCard {
  /** Who the person is, and why they are here. */
  story: string;
  /** Where to begin. */
  url: string;
  /** What lies at hand: cards, numbers, passwords. */
  atHand: readonly (readonly [what: string, value: string])[];
  /** Files that lie there too. */
  papers?: readonly Paper[];
  steps: readonly string[];
  /** When the task is done, as the person sees it. */
  done: readonly string[];
}

export interface Paper {
  what: string;
  fileName: string;
  content: string | Buffer;
}

/** The card as it is printed. @param folder where its papers lie */
export function cardText(title: string, card: TaskCard, folder: string): string {
  const { story, url, atHand, papers = [], steps, done } = card;
  const files = papers.map(({ what, fileName }) => [what, path.join(folder, fileName)] as const);
  const facts = [...files, ...atHand].map(([what, value]) => `    ${what}：${value}`);
  return [
    '',
    `任务卡 · ${title}`,
    '',
    ...wrapped(story),
    '',
    `  打开  ${url}`,
    '',
    ...(facts.length > 0 ? ['  手边有', ...facts, ''] : []),
    '  请做',
    ...steps.map((step, index) => `    ${index + 1}  ${step}`),
    '',
    '  做完的样子',
    ...done.map((line) => `    ✓ ${line}`),
    '',
  ].join('\n');
}

const WIDTH = 44;

/** Chinese may break anywhere, but not before a comma or full stop. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const character of text) {
    if (line.length >= WIDTH && !'，。、；：！？）”'.includes(character)) {
      lines.push(`  ${line}`);
      line = '';
    }
    line += character;
  }
  return line === '' ? lines : [...lines, `  ${line}`];
}
