import { Drawer, Empty, Timeline } from 'antd';
import { actorWords, factsWords, verbWords } from '../../../shared/domain/audit-words';
import { useRead } from '../api/hooks';
import { stamp } from '../words/format';
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
          all.length === 0 ? (
            <Empty description="还没有记录" />
          ) : (
            <Timeline
              items={all.map(({ id, at, verb, actor, facts }) => ({
                key: id,
                content: (
                  <>
                    <strong>{verbWords(verb)}</strong>
                    <div className="soft">{factsWords(facts)}</div>
                    <div className="faint number">
                      {stamp(at)} · {names[actor] ?? actorWords(actor)}
                    </div>
                  </>
                ),
              }))}
            />
          )
        }
      </Loaded>
    </Drawer>
  );
}
