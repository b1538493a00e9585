import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Button, Chips } from '../../components';
import { useLive } from '../../hooks/use-live';
import { go } from '../../services/navigation';
import { staffCopy } from '../copy';
import { useLink } from '../offline/use-link';
import { desk, type StaffDevice } from '../services/desk';

const words = staffCopy.enrol;
const EVERY_MS = 600_000;

interface ChooseRoomProps {
  device: StaffDevice;
  onLeave(): void;
}

/** A phone that is not bound to rooms may stand in any room of the campaign. */
export function ChooseRoom({ device, onLeave }: ChooseRoomProps) {
  const [room, setRoom] = useState(desk.room());
  const { waiting, setAside } = useLink();
  const isFree = device.rooms.length === 0;
  const campaign = useLive(
    'GET /api/campaigns/:id',
    isFree ? { params: { id: device.campaignId } } : null,
    EVERY_MS,
  );
  const rooms = isFree ? (campaign.data?.rooms ?? []) : device.rooms;

  const choose = (chosen: string) => {
    desk.standIn(chosen);
    setRoom(chosen);
  };

  return (
    <>
      <View className="heading">
        <Text className="heading__title">{words.room}</Text>
        <Text className="heading__lead">
          {words.enrolled(device.campaignName)} · {device.label}
        </Text>
      </View>
      <Chips
        name="room"
        choices={rooms.map((each, index) => ({ value: each, label: each, id: `room-${index}` }))}
        chosen={room}
        onChoose={choose}
      />
      <Button id="start" disabled={!rooms.includes(room)} onTap={go.staffScan}>
        {words.start}
      </Button>
      <Button id="to-queue-desk" kind="secondary" disabled={!rooms.includes(room)} onTap={go.staffQueue}>
        {staffCopy.queue.title}
      </Button>
      {/* The scans on it are this phone's: it cannot leave before they are uploaded or seen to. */}
      <Button id="leave" kind="plain" disabled={waiting + setAside > 0} onTap={onLeave}>
        {waiting > 0 ? words.leaveLater(waiting) : setAside > 0 ? words.leaveAfter(setAside) : words.leave}
      </Button>
    </>
  );
}
