import { Text, View } from '@tarojs/components';
import { Button, Notice, ProblemNotice } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
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
  const putAway = () =>
    void task.run(async () => {
      await call('POST /api/me/announcements/:id/read', { params: { id } });
      await refreshHome();
    });
  return (
    <View className="announcement">
      <Notice title={title}>
        <Text className="announcement__text">{text}</Text>
        <Button id={`announcement-${id}`} kind="secondary" small busy={task.busy} onTap={putAway}>
          {copy.home.announcement.seen}
        </Button>
      </Notice>
      <ProblemNotice problem={task.problem} />
    </View>
  );
}
