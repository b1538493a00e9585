import type { ThemeConfig } from 'antd';

/** The same ink and blue as on the phone; secondary text dark enough to be read (4.5 : 1). */
export const theme: ThemeConfig = {
  token: {
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
    borderRadius: 8,
    fontSize: 14,
    fontFamily:
      "-apple-system, 'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif",
  },
  components: {
    Layout: { headerBg: '#fff', siderBg: '#fff', headerHeight: 60, headerPadding: '0 24px' },
    Menu: { itemHeight: 42, itemMarginInline: 12, itemBorderRadius: 8, activeBarBorderWidth: 0 },
    Table: {
      headerBg: '#f6f8fb',
      headerColor: '#4a5568',
      cellPaddingBlock: 10,
      headerSplitColor: 'transparent',
    },
    Card: { headerFontSize: 15, bodyPadding: 20 },
    Tag: { defaultColor: '#4a5568' },
    Alert: { withDescriptionPadding: '14px 20px', withDescriptionIconSize: 20 },
    Statistic: { contentFontSize: 26 },
  },
};
