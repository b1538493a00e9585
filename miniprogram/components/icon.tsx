import { View } from '@tarojs/components';
import { decorative } from './a11y';

/** The names in styles/icons.scss; those with p- are the pictograms. */
export type IconName =
  | 'alert'
  | 'back'
  | 'bankcard'
  | 'board'
  | 'book'
  | 'bus'
  | 'calendar'
  | 'camera'
  | 'car'
  | 'check'
  | 'chevron'
  | 'clock'
  | 'copy'
  | 'cross'
  | 'help'
  | 'idcard'
  | 'image'
  | 'info'
  | 'keyboard'
  | 'light'
  | 'list'
  | 'mail'
  | 'metro'
  | 'mobile'
  | 'person'
  | 'phone'
  | 'pin'
  | 'queue'
  | 'refund'
  | 'scan'
  | 'search'
  | 'shield'
  | 'sun'
  | 'switch'
  | 'undo'
  | 'walkin'
  | 'wallet'
  | 'wifi-off'
  | `p-${string}`;

/** Decoration only: the words beside it say the same. */
export function Icon({ name, size }: { name: IconName; size?: number }) {
  return (
    <View
      className={`icon icon--${name}`}
      {...decorative}
      style={size ? { width: `${size}px`, height: `${size}px` } : {}}
    />
  );
}
