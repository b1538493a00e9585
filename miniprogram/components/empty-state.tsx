import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon';
import './empty-state.scss';

interface EmptyStateProps {
  icon: IconName;
  title: string;
  children?: ReactNode;
}

/** Nothing here: why, and what to do instead. */
export function EmptyState({ icon, title, children }: EmptyStateProps) {
  return (
    <View className="empty">
      <View className="empty__badge">
        <Icon name={icon} size={32} />
      </View>
      <Text className="empty__title">{title}</Text>
      {children ? <View className="empty__words">{children}</View> : null}
    </View>
  );
}
