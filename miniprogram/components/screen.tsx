import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { copy } from '../copy';
import { goBack } from '../services/navigation';
import { a11y } from './a11y';
import { Icon } from './icon';
import './screen.scss';

interface ScreenProps {
  title: string;
  children: ReactNode;
  /** What stays in the thumb's reach. */
  footer?: ReactNode;
  isHome?: boolean;
  className?: string;
}

/** A page's frame. WeChat draws its own title bar; the browser gets ours. */
export function Screen({ title, children, footer, isHome = false, className = '' }: ScreenProps) {
  return (
    <View className={`screen ${className}`}>
      {process.env.TARO_ENV === 'h5' ? <TitleBar title={title} isHome={isHome} /> : null}
      <View className="screen__body">{children}</View>
      {footer ? <View className="screen__footer">{footer}</View> : null}
    </View>
  );
}

function TitleBar({ title, isHome }: { title: string; isHome: boolean }) {
  return (
    <View className="title-bar">
      {isHome ? null : (
        <View className="title-bar__back" {...a11y('button', { label: copy.actions.back })} onClick={goBack}>
          <Icon name="back" size={24} />
        </View>
      )}
      <Text className="title-bar__title">{title}</Text>
    </View>
  );
}
