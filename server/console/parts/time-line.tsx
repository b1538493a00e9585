import { Drawer, Empty } from 'antd';
import { useRead } from '../api/hooks';
import { History } from './history';
import { Loaded } from './loaded';

/** Everything that happened to one booking and its orders. */
export function TimeLine({
  bookingId,
  who,
  onClose,
}: {
  bookingId: string;
  who: string;
  onClose: () => void;
}) {
  const lines = useRead('GET /api/console/bookings/:id/timeline', { params: { id: bookingId } });
  return (
    <Drawer open title={`${who} 的经过`} size={460} onClose={onClose}>
      <Loaded query={lines}>
        {({ lines: all, names }) =>
          all.length === 0 ? <Empty description="还没有记录" /> : <History lines={all} names={names} />
        }
      </Loaded>
    </Drawer>
  );
}
