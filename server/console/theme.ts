import { theme as looks, type ThemeConfig } from 'antd';

type Tokens = NonNullable<ThemeConfig['token']>;
type Grounds = Record<'card' | 'heading' | 'headingInk' | 'chosen' | 'chosenInk', string>;

const FONTS =
  "-apple-system, 'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif";

/** The same ink and blue as on the phone; secondary text dark enough to be read (4.5 : 1). */
const LIGHT: Tokens = {
  colorPrimary: '#1d4fb4',
  colorInfo: '#1d4fb4',
  colorLink: '#1d4fb4',
  colorSuccess: '#0a7a50',
  colorWarning: '#a95a05',
  colorError: '#bd2c24',
  // The grounds that antd derives from such dark colours are grey.
  colorSuccessBg: '#e1f4ea',
  colorSuccessBorder: '#a9dcc2',
  colorWarningBg: '#fdf0db',
  colorWarningBorder: '#f0cf9c',
  colorErrorBg: '#fdeae8',
  colorErrorBorder: '#f2bfbb',
  colorText: '#161c28',
  colorTextSecondary: '#4a5568',
  colorTextTertiary: '#5c6676',
  colorTextDescription: '#5c6676',
  colorTextPlaceholder: '#6b7484',
  colorBgLayout: '#f3f5f9',
  colorBorderSecondary: '#e4e8ef',
};
const LIGHT_GROUNDS: Grounds = {
  card: '#fff',
  heading: '#f6f8fb',
  headingInk: '#4a5568',
  chosen: '#e7eefb',
  chosenInk: '#1d4fb4',
};

/** The colours of styles.css under [data-look="dark"]. */
const DARK: Tokens = {
  colorPrimary: '#3f73d8',
  colorInfo: '#3f73d8',
  colorLink: '#8ab0f7',
  colorLinkHover: '#b3cdfb',
  colorError: '#d9584f',
  // antd's own green is a lime beside these blues.
  colorSuccess: '#34a877',
  colorText: '#e8ecf3',
  colorTextSecondary: '#b4bdcc',
  colorTextTertiary: '#98a3b5',
  colorTextDescription: '#98a3b5',
  colorTextPlaceholder: '#8b96a8',
  colorBgLayout: '#0f131b',
  colorBgContainer: '#171d29',
  colorBgElevated: '#1e2635',
  colorBorder: '#3a4558',
  colorBorderSecondary: '#2b3444',
};
const DARK_GROUNDS: Grounds = {
  card: '#171d29',
  heading: '#1d2533',
  headingInk: '#b4bdcc',
  chosen: '#1c2c4d',
  chosenInk: '#8ab0f7',
};

const STILL = '(prefers-reduced-motion: reduce)';

export const themeOf = (isDark: boolean): ThemeConfig => ({
  algorithm: isDark ? looks.darkAlgorithm : looks.defaultAlgorithm,
  token: {
    ...(isDark ? DARK : LIGHT),
    borderRadius: 8,
    fontSize: 14,
    fontFamily: FONTS,
    motion: !window.matchMedia(STILL).matches,
  },
  components: componentsOn(isDark ? DARK_GROUNDS : LIGHT_GROUNDS),
});

const componentsOn = ({
  card,
  heading,
  headingInk,
  chosen,
  chosenInk,
}: Grounds): NonNullable<ThemeConfig['components']> => ({
  Layout: { headerBg: card, siderBg: card, headerHeight: 60, headerPadding: '0 24px' },
  Tabs: { itemSelectedColor: chosenInk, inkBarColor: chosenInk },
  Menu: {
    itemSelectedColor: chosenInk,
    itemSelectedBg: chosen,
    itemHeight: 38,
    itemMarginInline: 12,
    itemBorderRadius: 8,
    activeBarBorderWidth: 0,
  },
  Table: {
    headerBg: heading,
    headerColor: headingInk,
    cellPaddingBlock: 10,
    headerSplitColor: 'transparent',
    // The arrow says by which column; a grey one would look chosen.
    headerSortActiveBg: heading,
    bodySortBg: card,
  },
  Card: { headerFontSize: 15, headerPadding: 20, bodyPadding: 20 },
  Tag: { defaultColor: headingInk },
  Alert: { withDescriptionPadding: '14px 20px', withDescriptionIconSize: 20 },
  Statistic: { contentFontSize: 26 },
});
