import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { copy } from '../copy';
import { a11y } from './a11y';
import { Icon } from './icon';
import './sheet.scss';

interface SheetProps {
  title: string;
  isOpen: boolean;
  onClose(): void;
  children: ReactNode;
}

export function Sheet({ title, isOpen, onClose, children }: SheetProps) {
  if (!isOpen) return null;
  return (
    <View className="sheet" catchMove>
      <View className="sheet__shade" onClick={onClose} />
      <View className="sheet__panel" {...a11y('dialog', { label: title })}>
        <View className="sheet__head">
          <Text className="sheet__title">{title}</Text>
          <View
            className="sheet__close"
            id="sheet-close"
            {...a11y('button', { label: copy.actions.close })}
            onClick={onClose}
          >
            <Icon name="cross" />
          </View>
        </View>
        <View className="sheet__body">{children}</View>
      </View>
    </View>
  );
}
