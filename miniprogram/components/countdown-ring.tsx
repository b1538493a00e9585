import { Text, View } from '@tarojs/components';
import './countdown-ring.scss';

interface CountdownRingProps {
  secondsLeft: number;
  secondsInAll: number;
  label: string;
}

/** Time that runs out: the ring for a glance, the digits for certainty. */
export function CountdownRing({ secondsLeft, secondsInAll, label }: CountdownRingProps) {
  const left = Math.max(0, Math.min(secondsLeft, secondsInAll));
  const degrees = Math.round((360 * left) / Math.max(1, secondsInAll));
  const tone = left <= 120 ? 'var(--warn-fill)' : 'var(--brand-fill)';
  const digits = `${Math.floor(left / 60)}:${String(Math.floor(left % 60)).padStart(2, '0')}`;
  return (
    <View
      className="ring"
      style={{ background: `conic-gradient(${tone} ${degrees}deg, var(--sunken) ${degrees}deg)` }}
    >
      <View className="ring__face">
        <Text className="ring__digits num">{digits}</Text>
        <Text className="ring__label">{label}</Text>
      </View>
    </View>
  );
}
