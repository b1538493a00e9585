import type { AnnouncementGroup } from '../../../../shared/contract/announcements';
import { STANDING_NAMES } from '../../../../shared/domain/standings';
import { useRead } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { clock } from '../../words/format';

/** Whom an announcement is for: "未付款 · 水利学院". */
export function GroupWords({ group: { standing, college, sessionId } }: { group: AnnouncementGroup }) {
  const { id } = useCampaign();
  const sessions = useRead(
    'GET /api/console/campaigns/:id/sessions',
    { params: { id } },
    { enabled: sessionId !== undefined },
  ).data?.sessions;
  const session = sessions?.find((one) => one.id === sessionId);
  const parts = [
    ...(standing ? [STANDING_NAMES[standing]] : []),
    ...(college ? [college] : []),
    ...(session ? [`${clock(session.startsAt)} ${session.room} ${session.title}`] : []),
  ];
  return <>{parts.length === 0 ? '全部学生' : parts.join(' · ')}</>;
}
