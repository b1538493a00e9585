import { Text, View } from '@tarojs/components';
import { a11y } from './a11y';
import './chips.scss';

interface ChipsProps<T extends string> {
  name: string;
  /** `id` where the value is no good name for an element. */
  choices: readonly { value: T; label: string; id?: string }[];
  chosen: T | null;
  onChoose(value: T): void;
}

/** One of a few, all in sight. */
export function Chips<T extends string>({ name, choices, chosen, onChoose }: ChipsProps<T>) {
  return (
    <View className="chips" {...a11y('radiogroup')}>
      {choices.map(({ value, label, id }) => (
        <View
          key={value}
          id={id ?? `${name}-${value}`}
          className={`chips__chip${value === chosen ? ' chips__chip--on' : ''}`}
          {...a11y('radio', { checked: value === chosen })}
          onClick={() => onChoose(value)}
        >
          <Text>{label}</Text>
        </View>
      ))}
    </View>
  );
}
