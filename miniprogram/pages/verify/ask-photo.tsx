import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Button, Icon, Notice, PhotoFrame, ProblemNotice } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { upload } from '../../services/api';
import { platform } from '../../services/platform';
import type { IdCardReading } from '../../services/types';
import { useIsHere } from './use-is-here';

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
  const isHere = useIsHere();

  const take = (from: 'camera' | 'album') =>
    void task.run(async () => {
      const photo = await platform.choosePhoto(from, side === 'front' ? 'id_front' : 'id_back');
      if (!photo) return;
      setPicture(photo.path);
      setReading(null);
      setPercent(0);
      const answer = await upload('POST /api/me/id-photos', { query: { side } }, photo.path, setPercent);
      // Whoever has gone on to type by hand keeps what was typed, and stays there.
      if (!isHere()) return;
      onRead(answer);
      if (answer.doubts.length === 0) onNext();
      else setReading(answer);
    });

  return (
    <>
      <PhotoFrame
        side={side}
        words={words[side].frame}
        picture={picture}
        progress={
          task.busy && picture
            ? { percent, words: percent < 100 ? words.uploading(percent) : words.reading }
            : null
        }
      />
      {reading ? (
        <Notice tone="warn" title={words.doubt}>
          {reading.doubts.map(({ field, message }) => (
            <Text key={field + message} className="doubt">
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
