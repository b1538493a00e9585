import type { Kind, Tone } from './workbook';

/** How cells look: one format for every kind and tone, and one each for title and heading. */

const KINDS: readonly Kind[] = ['text', 'integer', 'yuan', 'day', 'instant'];
const TONES: readonly Tone[] = ['plain', 'total', 'error', 'warning', 'info'];

export const TITLE_STYLE = 1;
export const HEADING_STYLE = 2;
const FIRST_STYLE = 3;

/** The number of a cell's format in `styles.xml`. */
export const styleOf = (kind: Kind, tone: Tone): number =>
  FIRST_STYLE + KINDS.indexOf(kind) * TONES.length + TONES.indexOf(tone);

/** 49 is text as such: a cell of it stays text when somebody edits it. The others are defined below. */
const NUMBER_FORMATS: Readonly<Record<Kind, number>> = {
  text: 49,
  integer: 3,
  yuan: 4,
  day: 164,
  instant: 165,
};

const FONTS = { plain: 0, bold: 1, title: 2 } as const;
const FILLS = { none: 0, heading: 2, total: 3, error: 4, warning: 5, info: 6 } as const;

const TONE_LOOKS: Readonly<Record<Tone, { font: number; fill: number }>> = {
  plain: { font: FONTS.plain, fill: FILLS.none },
  total: { font: FONTS.bold, fill: FILLS.total },
  error: { font: FONTS.plain, fill: FILLS.error },
  warning: { font: FONTS.plain, fill: FILLS.warning },
  info: { font: FONTS.plain, fill: FILLS.info },
};

export function stylesXml(): string {
  const formats = [
    format({ numberFormat: 0, font: FONTS.plain, fill: FILLS.none }),
    format({ numberFormat: 49, font: FONTS.title, fill: FILLS.none }),
    format({ numberFormat: 49, font: FONTS.bold, fill: FILLS.heading, wraps: true }),
    ...KINDS.flatMap((kind) =>
      TONES.map((tone) =>
        format({ numberFormat: NUMBER_FORMATS[kind], ...TONE_LOOKS[tone], isText: kind === 'text' }),
      ),
    ),
  ];
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>
<fonts count="3">${font()}${font('<b/>')}${font('<b/>', 14)}</fonts>
<fills count="7"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${[
    'E8EEF7',
    'F2F2F2',
    'FFC7CE',
    'FFEB9C',
    'DDEBF7',
  ]
    .map(fill)
    .join('')}</fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="${formats.length}">${formats.join('')}</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>`;
}

/** quotePrefix is Excel's own leading apostrophe: = + - @ at the beginning stay text even when the cell is edited. */
const format = (look: {
  numberFormat: number;
  font: number;
  fill: number;
  isText?: boolean;
  wraps?: boolean;
}): string =>
  `<xf numFmtId="${look.numberFormat}" fontId="${look.font}" fillId="${look.fill}" borderId="0" xfId="0"` +
  ` applyNumberFormat="1" applyFont="1" applyFill="1"${look.isText ? ' quotePrefix="1"' : ''}` +
  `${look.wraps ? ' applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>' : '/>'}`;

const font = (bold = '', size = 11): string =>
  `<font>${bold}<sz val="${size}"/><name val="等线"/><family val="2"/></font>`;

const fill = (colour: string): string =>
  `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/><bgColor indexed="64"/></patternFill></fill>`;
