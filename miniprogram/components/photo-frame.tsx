import { Image, Text, View } from '@tarojs/components';
import { Icon } from './icon';
import './photo-frame.scss';

export type FramedSide = 'front' | 'back' | 'page';

interface PhotoFrameProps {
  side: FramedSide;
  /** What belongs into the frame. */
  words: string;
  picture: string | null;
  /** While the picture is on its way: how far it is, and in words. */
  progress?: { percent: number; words: string } | null;
}

/** The four corners that a document is to fill, with its outline until there is a picture. */
export function PhotoFrame({ side, words, picture, progress = null }: PhotoFrameProps) {
  return (
    <View className="frame">
      {picture ? (
        <Image className="frame__picture" mode="aspectFit" src={picture} />
      ) : (
        <View className="outline">
          <Outline side={side} />
          <Text className="outline__words">{words}</Text>
        </View>
      )}
      <View className="frame__corner frame__corner--1" />
      <View className="frame__corner frame__corner--2" />
      <View className="frame__corner frame__corner--3" />
      <View className="frame__corner frame__corner--4" />
      {progress ? (
        <View className="frame__progress">
          <View className="frame__bar" style={{ width: `${progress.percent}%` }} />
          <Text className="frame__percent num">{progress.words}</Text>
        </View>
      ) : null}
    </View>
  );
}

/** How the document should lie in the frame. */
function Outline({ side }: { side: FramedSide }) {
  if (side === 'back') {
    return (
      <>
        <Icon name="shield" size={56} />
        <View className="outline__lines">
          <View className="outline__line" />
          <View className="outline__line" />
        </View>
      </>
    );
  }
  const lines = (
    <View className="outline__lines">
      <View className="outline__line" />
      <View className="outline__line outline__line--short" />
      <View className="outline__line" />
      {side === 'front' ? <View className="outline__line outline__line--number" /> : null}
    </View>
  );
  const face = <Icon name="person" size={72} />;
  // An ID card has its face at the right, a passport and the permits at the left.
  return side === 'front' ? (
    <>
      {lines}
      {face}
    </>
  ) : (
    <>
      {face}
      {lines}
    </>
  );
}
