import { Text, View } from '@tarojs/components';
import { Button, Sheet } from '../../components';
import { timeWords } from '../../services/words';
import { staffCopy } from '../copy';
import type { Kept } from './kept';
import { link } from './link';
import { list } from './list';
import { type SetAside, setAside } from './set-aside';
import './set-aside-sheet.scss';

const words = staffCopy.link;
/** Of a code or a student number whose owner the list does not know. */
const LETTERS = 24;

interface SetAsideSheetProps {
  isOpen: boolean;
  onClose(): void;
}

/** Who was let in without network and is on no list now, and why: staff go and find them. */
export function SetAsideSheet({ isOpen, onClose }: SetAsideSheetProps) {
  if (!isOpen) return null;
  const thenClose = (act: () => void) => () => {
    onClose();
    act();
  };
  return (
    <Sheet title={words.setAsideTitle} isOpen onClose={onClose}>
      <Text className="set-aside__lead">{words.setAsideLead}</Text>
      {setAside.all().map((each) => (
        <Row key={each.kept.scan.nonce} {...each} />
      ))}
      <View className="set-aside__actions">
        <Button id="set-aside-again" onTap={thenClose(link.sendSetAsideAgain)}>
          {words.setAsideAgain}
        </Button>
        <Button id="set-aside-done" kind="plain" onTap={thenClose(link.forgetSetAside)}>
          {words.setAsideDone}
        </Button>
      </View>
    </Sheet>
  );
}

function Row({ kept, message }: SetAside) {
  return (
    <View className="set-aside__row">
      <Text className="set-aside__who">{whoOf(kept)}</Text>
      <Text className="set-aside__when num">
        {timeWords(kept.at)} {kept.room}
      </Text>
      <Text className="set-aside__why">{message}</Text>
    </View>
  );
}

function whoOf({ scan, bookingId }: Kept): string {
  const id = scan.kind === 'undo' ? scan.bookingId : bookingId;
  const booking = id === null ? undefined : list.open()?.byBooking(id);
  const who = booking ? `${booking.name} · ${booking.className}` : '';
  if (scan.kind === 'undo') return `${words.takenBack} ${who}`.trim();
  return who || (scan.kind === 'scan' ? scan.text.trim().slice(0, LETTERS) : '—');
}
