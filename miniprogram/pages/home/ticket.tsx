import { Text, View } from '@tarojs/components';
import { maskName } from '../../../shared/domain/person-name';
import { Icon, QrCode } from '../../components';
import { copy } from '../../copy';
import { go } from '../../services/navigation';
import { platform } from '../../services/platform';
import { shownCode } from '../../services/shown-code';
import type { BookingView, HomeView } from '../../services/types';
import { dayWords, placeWords, rangeWords, timeWords } from '../../services/words';
import './ticket.scss';

/** Share of the screen's width, quiet zone included: the code itself takes about 64 %. */
const CODE_SHARE = 0.79;
const MAX_CODE_PX = 340;

interface TicketProps {
  home: HomeView;
  booking: BookingView;
  isFresh: boolean;
  isOffline: boolean;
  now: Date;
}

/** The booked place as a ticket: where, when to stand in line, and the code itself, all in one screen. */
export function Ticket({ home, booking, isFresh, isOffline, now }: TicketProps) {
  const { session } = booking;
  const code = home.code && shownCode(home.code, { isFresh, isOffline, now });
  const name = home.enrolment?.name ?? home.identity?.name ?? '';
  const size = Math.min(MAX_CODE_PX, Math.round(platform.screen().widthPx * CODE_SHARE));
  return (
    <View className="ticket">
      {session ? (
        <View className="ticket__facts">
          <View className="ticket__where">
            <Text className="ticket__room">{session.isMakeUp ? session.room : placeWords(session)}</Text>
            <Text className="ticket__name">{maskName(name)}</Text>
          </View>
          {session.isMakeUp ? <Text className="ticket__address">{session.building}</Text> : null}
          <View className="ticket__times">
            <Text className="ticket__day">{dayWords(session.day)}</Text>
            <Text className="ticket__time num">
              {session.isMakeUp ? rangeWords(session.startsAt, session.endsAt) : <LineUp session={session} />}
            </Text>
          </View>
        </View>
      ) : null}
      {home.queue ? (
        <Text id="queue" className="ticket__queue num">
          {copy.home.queue.room(home.queue.ahead, home.queue.minutes)}
        </Text>
      ) : null}
      {booking.seeOriginalId ? (
        <View className="ticket__warning">
          <Icon name="idcard" />
          <Text>{copy.home.ticket.unverified}</Text>
        </View>
      ) : null}
      {booking.payment === 'owed' ? (
        <View className="ticket__warning">
          <Icon name="wallet" />
          <Text>{copy.home.ticket.owed}</Text>
        </View>
      ) : null}
      <View className="ticket__tear" />
      {code ? (
        <View className="ticket__code" id="ticket-code" onClick={go.code}>
          <QrCode text={code.text} size={size} label={copy.home.ticket.qrLabel} />
          <Text className="ticket__hint">{hintOf(code.isFixed, isOffline)}</Text>
        </View>
      ) : null}
    </View>
  );
}

/** When to stand in line, and when the portrait is taken. */
function LineUp({ session }: { session: { lineUpAt: string; startsAt: string } }) {
  return (
    <>
      <Text className="ticket__moment">{copy.home.ticket.lineUp(timeWords(session.lineUpAt))}</Text>
      <Text className="ticket__dot"> · </Text>
      <Text className="ticket__moment">{copy.home.ticket.shoot(timeWords(session.startsAt))}</Text>
    </>
  );
}

function hintOf(isFixed: boolean, isOffline: boolean): string {
  if (isOffline) return copy.home.ticket.offline;
  return isFixed ? copy.home.ticket.unconfirmed : copy.home.ticket.enlarge;
}
