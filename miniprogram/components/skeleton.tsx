import { View } from '@tarojs/components';
import { copy } from '../copy';
import { a11y } from './a11y';
import './skeleton.scss';

/** The outline of what is coming: `shape` gives the heights in px. */
export function Skeleton({ shape }: { shape: readonly number[] }) {
  return (
    <View className="skeleton" {...a11y('status', { label: copy.app.loading })}>
      {shape.map((height, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no identity
        <View key={index} className="skeleton__bar" style={{ height: `${height}px` }} />
      ))}
    </View>
  );
}
