import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Button, ProblemNotice, QrCode, Sheet } from '../../components';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { platform } from '../../services/platform';
import { staffCopy } from '../copy';

const words = staffCopy.queue;
const MOST_PX = 300;
const MARGIN_PX = 32;

interface CollectionCodeProps {
  bookingId: string;
  name: string;
}

/** The register's own code of who stands before the camera: asked for when it is wanted, gone when the sheet is closed. */
export function CollectionCode({ bookingId, name }: CollectionCodeProps) {
  const [text, setText] = useState<string | null>(null);
  const task = useTask();
  const show = () =>
    void task.run(async () => {
      const answer = await call('GET /api/onsite/bookings/:id/collection-code', {
        params: { id: bookingId },
      });
      setText(answer.text);
    });
  return (
    <>
      <Button id="show-collection-code" kind="secondary" small busy={task.busy} onTap={show}>
        {words.collectionCode}
      </Button>
      <ProblemNotice problem={task.problem} />
      <Sheet title={words.collectionCodeTitle(name)} isOpen={text !== null} onClose={() => setText(null)}>
        <Text className="sheet__lead">{words.collectionCodeLead}</Text>
        <View className="queue__code" id="collection-code">
          <QrCode
            text={text ?? ''}
            size={Math.min(MOST_PX, platform.screen().widthPx - 2 * MARGIN_PX)}
            label={words.collectionCodeLabel}
          />
        </View>
      </Sheet>
    </>
  );
}
