import { Text, View } from '@tarojs/components';
import { Button, Notice, ProblemNotice } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import { askForMessages } from '../../services/messages';
import { platform } from '../../services/platform';
import type { HomeView } from '../../services/types';
import './announcements.scss';

type Announced = HomeView['announcements'][number];

/** What the school announces, each until the student has put it away. A home page kept from before knows of none. */
export function Announcements({ of: announcements }: { of: readonly Announced[] | undefined }) {
  return (
    <>
      {announcements?.map((one) => (
        <Announcement key={one.id} of={one} />
      ))}
    </>
  );
}

function Announcement({ of: { id, title, text } }: { of: Announced }) {
  const task = useTask();
  const putAway = (remind: boolean) =>
    void task.run(async () => {
      // WeChat takes this question only straight from a tap; one yes is one message.
      if (remind) await askForMessages(['announcement']);
      await call('POST /api/me/announcements/:id/read', { params: { id } });
      await refreshHome();
    });
  return (
    <View className="announcement">
      <Notice title={title}>
        <Text className="announcement__text">{text}</Text>
        <View className="announcement__actions">
          <Button
            id={`announcement-${id}`}
            kind="secondary"
            small
            busy={task.busy}
            onTap={() => putAway(false)}
          >
            {copy.home.announcement.seen}
          </Button>
          {platform.canNotify(['announcement']) ? (
            <Button id={`remind-${id}`} kind="secondary" small busy={task.busy} onTap={() => putAway(true)}>
              {copy.home.announcement.remind}
            </Button>
          ) : null}
        </View>
      </Notice>
      <ProblemNotice problem={task.problem} />
    </View>
  );
}
