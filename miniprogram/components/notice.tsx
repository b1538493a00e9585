import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { copy } from '../copy';
import type { Problem } from '../hooks/use-task';
import { a11y } from './a11y';
import { Icon, type IconName } from './icon';
import './notice.scss';

export type Tone = 'info' | 'good' | 'warn' | 'bad';

const ICONS: Record<Tone, IconName> = { info: 'info', good: 'check', warn: 'alert', bad: 'alert' };

interface NoticeProps {
  tone?: Tone;
  title?: string;
  icon?: IconName;
  children?: ReactNode;
}

export function Notice({ tone = 'info', title, icon, children }: NoticeProps) {
  return (
    <View className={`notice notice--${tone}`} {...a11y(tone === 'bad' ? 'alert' : 'note')}>
      <Icon name={icon ?? ICONS[tone]} />
      <View className="notice__words">
        {title ? <Text className="notice__title">{title}</Text> : null}
        {children ? <View>{children}</View> : null}
      </View>
    </View>
  );
}

/** What went wrong, in the server's own sentence, with the number that support asks for. */
export function ProblemNotice({ problem }: { problem: Problem | null }) {
  if (!problem) return null;
  return (
    <Notice tone="bad" title={problem.message} {...(problem.isNetwork && { icon: 'wifi-off' })}>
      {problem.requestId && !problem.isNetwork ? (
        <Text className="notice__reference">{copy.errors.reference(problem.requestId)}</Text>
      ) : null}
    </Notice>
  );
}
