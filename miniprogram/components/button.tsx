import { Button as TaroButton } from '@tarojs/components';
import type { ReactNode } from 'react';
import './button.scss';

interface ButtonProps {
  children: ReactNode;
  onTap(): void;
  /** primary: the one next step · secondary: another way · plain: text only · danger: takes something away */
  kind?: 'primary' | 'secondary' | 'plain' | 'danger' | 'on-fill' | 'on-card';
  /** Shows that work is under way and takes no further taps. */
  busy?: boolean;
  disabled?: boolean;
  id?: string;
  small?: boolean;
}

export function Button({
  children,
  onTap,
  kind = 'primary',
  busy = false,
  disabled = false,
  id,
  small,
}: ButtonProps) {
  const still = busy || disabled;
  return (
    <TaroButton
      {...(id && { id })}
      className={`button button--${kind}${small ? ' button--small' : ''}${still ? ' button--still' : ''}${busy ? ' button--busy' : ''}`}
      hoverClass={still ? 'none' : 'button--pressed'}
      disabled={still}
      onClick={() => {
        if (!still) onTap();
      }}
    >
      {children}
    </TaroButton>
  );
}
