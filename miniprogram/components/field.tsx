import { Input, Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { Icon } from './icon';
import './field.scss';

interface FieldProps {
  /** Also the name by which tests and the demo find the field. */
  name: string;
  label: string;
  value: string;
  onInput(value: string): void;
  placeholder?: string;
  /** What the keyboard offers. */
  keyboard?: 'text' | 'number' | 'idcard' | 'digit';
  maxLength?: number;
  hint?: ReactNode;
  /** What is wrong, in words. */
  problem?: string | undefined;
  /** Read by the machine and worth a second look. */
  doubt?: string | undefined;
  focus?: boolean;
  onConfirm?: () => void;
}

export function Field(props: FieldProps) {
  const { name, label, value, onInput, placeholder = '', keyboard = 'text', maxLength = 60 } = props;
  const { hint, problem, doubt, focus = false, onConfirm } = props;
  const state = problem ? ' field--bad' : doubt ? ' field--doubt' : '';
  return (
    <View className={`field field-${name}${state}`} data-field={name}>
      <Text className="field__label">{label}</Text>
      <Input
        id={`field-${name}`}
        className="field__input"
        {...keyboardOf(keyboard)}
        value={value}
        placeholder={placeholder}
        placeholderClass="field__placeholder"
        maxlength={maxLength}
        focus={focus}
        cursorSpacing={96}
        onInput={(event) => onInput(event.detail.value)}
        {...(onConfirm && { onConfirm })}
      />
      {problem || doubt ? (
        <View className="field__message">
          <Icon name="alert" size={16} />
          <Text>{problem ?? doubt}</Text>
        </View>
      ) : null}
      {hint && !problem ? <View className="field__hint">{hint}</View> : null}
    </View>
  );
}

/**
 * A browser's number field refuses the spaces of a grouped card number and drops what was typed: there it is a text
 * field that asks for the digit keyboard.
 */
function keyboardOf(keyboard: NonNullable<FieldProps['keyboard']>) {
  if (process.env.TARO_ENV !== 'h5' || keyboard === 'text') return { type: keyboard };
  const inputMode = keyboard === 'idcard' ? 'text' : 'numeric';
  return { type: 'text' as const, nativeProps: { inputMode } };
}
