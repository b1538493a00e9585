import { Text, View } from '@tarojs/components';
import { Notice } from '../../components';
import { copy } from '../../copy';
import { useLive } from '../../hooks/use-live';
import { momentWords, timeWords } from '../../services/words';
import './make-up-now.scss';

const words = copy.guide.makeUp;
const EVERY_MS = 60_000;

/** Whether one can go there now; holidays are counted by the service, whose calendar is too big for a phone. */
export function MakeUpNow({ campaignId }: { campaignId: string }) {
  const { data } = useLive('GET /api/campaigns/:id/make-up', { params: { id: campaignId } }, EVERY_MS);
  if (!data?.status) return null;
  const { isOpen, closesAt, opensAt } = data.status;
  const next = closesAt
    ? words.until(timeWords(closesAt))
    : opensAt
      ? words.from(momentWords(opensAt))
      : words.never;
  return (
    <View className="make-up-now">
      <Notice tone={isOpen ? 'good' : 'info'} icon="clock" title={isOpen ? words.open : words.closed}>
        <Text>{next}</Text>
      </Notice>
    </View>
  );
}
