import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { a11y } from './a11y';
import { Icon } from './icon';
import './check-row.scss';

interface CheckRowProps {
  checked: boolean;
  onChange(checked: boolean): void;
  title: string;
  children?: ReactNode;
  id?: string;
}

/** A box to tick, never ticked in advance. The whole row is the target. */
export function CheckRow({ checked, onChange, title, children, id }: CheckRowProps) {
  return (
    <View
      {...(id && { id })}
      className={`check-row${checked ? ' check-row--on' : ''}`}
      {...a11y('checkbox', { checked })}
      onClick={() => onChange(!checked)}
    >
      <View className="check-row__box">{checked ? <Icon name="check" size={16} /> : null}</View>
      <View className="check-row__words">
        <Text className="check-row__title">{title}</Text>
        {children ? <View className="check-row__detail">{children}</View> : null}
      </View>
    </View>
  );
}
