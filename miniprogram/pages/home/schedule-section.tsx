import { Text } from '@tarojs/components';
import { formatYuan } from '../../../shared/domain/money';
import { MakeUp, Row, Section } from '../../components';
import { copy } from '../../copy';
import type { CampaignView, HomeView } from '../../services/types';
import { clockWords, dayWords, placeWords, rangeWords } from '../../services/words';

const words = copy.home.schedule;

/** The day itself: mine when it is known, the campaign's otherwise; once it was missed, where it can be made up. */
export function ScheduleSection({ campaign, home }: { campaign: CampaignView; home: HomeView }) {
  const isMissed = home.card.kind === 'make_up' || home.card.kind === 'not_collected';
  if (isMissed && campaign.makeUp) {
    return (
      <Section title={copy.home.sections.makeUp}>
        <MakeUp makeUp={campaign.makeUp} />
      </Section>
    );
  }
  return <OnTheDay campaign={campaign} home={home} />;
}

function OnTheDay({ campaign, home }: { campaign: CampaignView; home: HomeView }) {
  const own = home.booking?.session ?? (home.card.kind === 'book' ? home.card.ownSession : null);
  const [firstDay] = campaign.collectionDays;
  const days = campaign.collectionDays.map(({ day }) => dayWords(day)).join('、');
  const hours =
    firstDay?.hours.map(({ from, to }) => `${clockWords(from)}–${clockWords(to)}`).join('\n') ?? '';
  return (
    <Section title={copy.home.sections.schedule}>
      <Row icon="calendar" label={words.day} value={<Text>{own ? dayWords(own.day) : days}</Text>} />
      <Row
        icon="clock"
        label={words.hours}
        note={words.lineUp(campaign.rules.lineUpLeadMinutes)}
        value={<Text className="num lines">{own ? rangeWords(own.startsAt, own.endsAt) : hours}</Text>}
      />
      <Row icon="pin" label={words.place} value={<Text>{own ? placeWords(own) : campaign.place}</Text>} />
      <Row
        icon="wallet"
        label={words.price}
        note={campaign.feeBasis}
        value={<Text className="num">{words.yuan(formatYuan(campaign.priceFen))}</Text>}
      />
    </Section>
  );
}
