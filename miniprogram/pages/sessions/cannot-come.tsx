import { Text } from '@tarojs/components';
import { useState } from 'react';
import { Button, MakeUp, Sheet } from '../../components';
import { copy } from '../../copy';
import type { CampaignView } from '../../services/types';

const words = copy.sessions;

/** "I cannot come that day": the make-up information. */
export function CannotCome({ makeUp }: { makeUp: CampaignView['makeUp'] }) {
  const [isOpen, setOpen] = useState(false);
  if (!makeUp) return null;
  return (
    <>
      <Button id="cannot-come" kind="plain" onTap={() => setOpen(true)}>
        {words.cannotCome}
      </Button>
      <Sheet title={words.cannotComeSheet.title} isOpen={isOpen} onClose={() => setOpen(false)}>
        <Text className="sheet__lead">{words.cannotComeSheet.text}</Text>
        <MakeUp makeUp={makeUp} />
      </Sheet>
    </>
  );
}
