import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { copy } from '../copy';
import { goBack } from '../services/navigation';
import { platform } from '../services/platform';
import { a11y } from './a11y';
import { Icon } from './icon';
import { PrivacySheet } from './privacy-sheet';
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
    <View className={`screen ${className}`} {...(process.env.TARO_ENV !== 'h5' && textScale())}>
      {process.env.TARO_ENV === 'h5' ? <TitleBar title={title} isHome={isHome} /> : null}
      <View className="screen__body">{children}</View>
      {footer ? <View className="screen__footer">{footer}</View> : null}
      {process.env.TARO_ENV === 'h5' ? null : <PrivacySheet />}
    </View>
  );
}

/** WeChat's own font setting, which px do not follow by themselves (config/scale-text.js). */
const textScale = () => ({ style: `--text-scale: ${platform.textScale()}` });

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
