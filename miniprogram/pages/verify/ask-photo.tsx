import { Image, Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Button, Icon, Notice, ProblemNotice } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { upload } from '../../services/api';
import { platform } from '../../services/platform';
import type { IdCardReading } from '../../services/types';

const words = copy.verify.photo;

interface AskPhotoProps {
  side: 'front' | 'back';
  onRead(reading: IdCardReading): void;
  onNext(): void;
  onByHand(): void;
}

/** One side of the ID card: chosen, made smaller, sent with its progress shown, and read. */
export function AskPhoto({ side, onRead, onNext, onByHand }: AskPhotoProps) {
  const [picture, setPicture] = useState<string | null>(null);
  const [percent, setPercent] = useState(0);
  const [reading, setReading] = useState<IdCardReading | null>(null);
  const task = useTask();

  const take = (from: 'camera' | 'album') =>
    void task.run(async () => {
      const photo = await platform.choosePhoto(from, side === 'front' ? 'id_front' : 'id_back');
      if (!photo) return;
      setPicture(photo.path);
      setReading(null);
      setPercent(0);
      const answer = await upload('POST /api/me/id-photos', { query: { side } }, photo.path, setPercent);
      onRead(answer);
      if (answer.doubts.length === 0) onNext();
      else setReading(answer);
    });

  return (
    <>
      <View className="frame">
        {picture ? (
          <Image className="frame__picture" mode="aspectFit" src={picture} />
        ) : (
          <Outline side={side} />
        )}
        <View className="frame__corner frame__corner--1" />
        <View className="frame__corner frame__corner--2" />
        <View className="frame__corner frame__corner--3" />
        <View className="frame__corner frame__corner--4" />
        {task.busy && picture ? (
          <View className="frame__progress">
            <View className="frame__bar" style={{ width: `${percent}%` }} />
            <Text className="frame__percent num">
              {percent < 100 ? words.uploading(percent) : words.reading}
            </Text>
          </View>
        ) : null}
      </View>
      {reading ? (
        <Notice tone="warn" title={words.doubt}>
          {reading.doubts.map(({ field, message }) => (
            <Text key={field + message} className="frame__doubt">
              {message}
            </Text>
          ))}
        </Notice>
      ) : null}
      <ProblemNotice problem={task.problem} />
      {reading ? (
        <Button id="keep-photo" onTap={onNext}>
          {words.keep}
        </Button>
      ) : null}
      <View className="pair">
        <Button
          id="from-camera"
          kind={reading ? 'secondary' : 'primary'}
          busy={task.busy}
          onTap={() => take('camera')}
        >
          <Icon name="camera" />
          <Text>{reading || task.problem ? words[side].retake : words.camera}</Text>
        </Button>
        <Button id="from-album" kind="secondary" disabled={task.busy} onTap={() => take('album')}>
          <Icon name="image" />
          <Text>{words.album}</Text>
        </Button>
      </View>
      <Button id="by-hand" kind="plain" onTap={onByHand}>
        {words.byHand}
      </Button>
    </>
  );
}

/** How the side should lie in the frame. */
function Outline({ side }: { side: 'front' | 'back' }) {
  return (
    <View className={`outline outline--${side}`}>
      {side === 'front' ? (
        <>
          <View className="outline__lines">
            <View className="outline__line" />
            <View className="outline__line outline__line--short" />
            <View className="outline__line" />
            <View className="outline__line outline__line--number" />
          </View>
          <Icon name="person" size={72} />
        </>
      ) : (
        <>
          <Icon name="shield" size={56} />
          <View className="outline__lines">
            <View className="outline__line" />
            <View className="outline__line" />
          </View>
        </>
      )}
      <Text className="outline__words">{words[side].frame}</Text>
    </View>
  );
}
