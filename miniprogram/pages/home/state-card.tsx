import { Text, View } from '@tarojs/components';
import { Button, decorative, Track } from '../../components';
import { copy } from '../../copy';
import { useNow } from '../../hooks/use-now';
import type { HomeView } from '../../services/types';
import { cardWords } from './card-words';
import { RemindMe } from './remind-me';
import { Ticket } from './ticket';
import './state-card.scss';

interface StateCardProps {
  home: HomeView;
  /** False while this is what was kept from an earlier visit. */
  isFresh: boolean;
  isOffline: boolean;
}

/** The coloured card over the five-dot track. */
export function StateCard({ home, isFresh, isOffline }: StateCardProps) {
  const now = useNow();
  const { tone, title, text, action, reminder } = cardWords(home, now);
  const { booking, card } = home;
  const isTicket = card.kind === 'booked';
  return (
    <View className={`state state--${tone}${isTicket ? ' state--ticket' : ''}`} id={`state-${card.kind}`}>
      <Track track={home.track} />
      <View className="state__head">
        <View className="state__words">
          <Text className="state__title">{title}</Text>
          {isTicket ? null : <Text className="state__text">{text}</Text>}
        </View>
        {isTicket ? null : <View className="state__frame" {...decorative} />}
      </View>
      {card.kind === 'arrived' && booking?.arrival ? (
        <View className="state__number">
          <Text className="state__number-label">
            {booking.arrival.room} · {copy.home.cards.arrived.number}
          </Text>
          <Text className="state__number-digits num">{booking.arrival.shotNumber}</Text>
          {home.queue ? (
            <Text id="queue" className="state__number-label num">
              {copy.home.queue.mine(home.queue.ahead, home.queue.minutes)}
            </Text>
          ) : null}
        </View>
      ) : null}
      {isTicket && booking ? (
        <Ticket home={home} booking={booking} isFresh={isFresh} isOffline={isOffline} now={now} />
      ) : null}
      {action && !isTicket ? (
        <Button id="next-step" kind="on-fill" onTap={action.go}>
          {action.label}
        </Button>
      ) : null}
      {reminder ? <RemindMe kind={reminder} /> : null}
    </View>
  );
}
