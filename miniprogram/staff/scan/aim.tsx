import { Text, View } from '@tarojs/components';
import { a11y, decorative, Icon } from '../../components';
import { staffCopy } from '../copy';
import './aim.scss';

const words = staffCopy.scan;
const CORNERS = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;

/** Over the camera's picture: where to hold the code, and what to do. */
export function Aim() {
  return (
    <View className="aim">
      <View className="aim__frame" {...decorative}>
        {CORNERS.map((corner) => (
          <View key={corner} className={`aim__corner aim__corner--${corner}`} />
        ))}
      </View>
      <Text className="aim__hint">{words.aim}</Text>
    </View>
  );
}

interface LightSwitchProps {
  isOn: boolean;
  onSwitch(): void;
}

export function LightSwitch({ isOn, onSwitch }: LightSwitchProps) {
  return (
    <View
      id="light"
      className={`light${isOn ? ' light--on' : ''}`}
      {...a11y('button', { label: isOn ? words.lightOff : words.lightOn })}
      onClick={onSwitch}
    >
      <Icon name="light" size={24} />
    </View>
  );
}
