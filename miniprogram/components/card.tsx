import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { a11y } from './a11y';
import { Icon, type IconName } from './icon';
import './card.scss';

export function Card({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <View className={`card ${className}`}>{children}</View>;
}

/** A titled card. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <View className="section">
      <View className="section__head">
        <Text className="section__title">{title}</Text>
        {aside}
      </View>
      <View className="card">{children}</View>
    </View>
  );
}

interface RowProps {
  label: string;
  value?: ReactNode;
  icon?: IconName;
  note?: string;
  onTap?: () => void;
  id?: string;
}

/** One line of a card: a fact, or with `onTap` a way somewhere. */
export function Row({ label, value, icon, note, onTap, id }: RowProps) {
  return (
    <View
      {...(id && { id })}
      className={`row${onTap ? ' row--link' : ''}`}
      hoverClass={onTap ? 'row--pressed' : 'none'}
      {...(onTap && { onClick: onTap, ...a11y('button') })}
    >
      {icon ? <Icon name={icon} /> : null}
      <View className="row__words">
        <View className="row__label">
          <Text>{label}</Text>
          {note ? <Text className="row__note">{note}</Text> : null}
        </View>
        {value === undefined ? null : <View className="row__value">{value}</View>}
      </View>
      {onTap ? <Icon name="chevron" size={16} /> : null}
    </View>
  );
}
