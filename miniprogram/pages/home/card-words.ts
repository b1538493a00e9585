import { photoCheckFrom } from '../../../shared/domain/home-state';
import { formatYuan } from '../../../shared/domain/money';
import { shanghaiDay } from '../../../shared/domain/time';
import { copy } from '../../copy';
import { go } from '../../services/navigation';
import type { HomeView } from '../../services/types';
import {
  durationWords,
  momentWords,
  placeWords,
  rangeWords,
  secondsUntil,
  shortDay,
} from '../../services/words';

/** calm: nothing to do yet · next: the next step · soon: act soon · done */
export type CardTone = 'calm' | 'next' | 'soon' | 'done';

export interface CardWords {
  tone: CardTone;
  title: string;
  text: string;
  action?: { label: string; go(): void };
  /** A message that may be asked for here. */
  reminder?: 'opening' | 'photo_check';
}

const words = copy.home.cards;

/** What the state card says, for each of the answers to "what do I do now?". */
export function cardWords(home: HomeView, now: Date): CardWords {
  const { card, booking, identity } = home;
  switch (card.kind) {
    case 'no_campaign':
      return say('calm', words.no_campaign, go.timetable);
    case 'not_open':
      return {
        ...say('calm', words.not_open, go.timetable),
        reminder: 'opening',
        ...(card.opensAt && { text: words.not_open.opensAt(momentWords(card.opensAt)) }),
      };
    case 'verify':
      if (identity?.reviewAnswer) {
        return say('soon', { ...words.refused, text: words.refused.text(identity.reviewAnswer) }, go.verify);
      }
      return say('next', words.verify, go.verify);
    case 'manual_review':
      return say('calm', words.manual_review, go.timetable);
    case 'on_site':
      return say('soon', words.on_site, () => go.guide('steps'));
    case 'find_enrolment':
      return say('next', words.find_enrolment, go.enrolment);
    case 'taken':
      return say('soon', words.taken, () => go.guide('contact'));
    case 'confirm':
      return say('next', words.confirm, go.enrolment);
    case 'book': {
      const own = card.ownSession;
      const when = own && `${shortDay(own.day)} ${rangeWords(own.startsAt, own.endsAt)}`;
      return {
        ...say('next', words.book, go.sessions),
        ...(own && when && { text: words.book.own(when, placeWords(own)) }),
      };
    }
    case 'booking_over':
      return say('soon', words.booking_over, () => go.guide('steps'));
    case 'make_up': {
      const text = card.isPaid ? words.make_up.paid : words.make_up.text;
      return say(
        'soon',
        { ...words.make_up, text: refundedWords(home) + text(shortDay(card.until)) },
        go.makeUp,
      );
    }
    case 'pay': {
      const left = booking?.holdExpiresAt ? secondsUntil(booking.holdExpiresAt, now) : 0;
      return {
        ...say('soon', { ...words.pay, text: words.pay.expired }, go.pay),
        ...(left > 0 && { text: words.pay.text(durationWords(left)) }),
      };
    }
    case 'confirming_payment':
      return say('soon', words.confirming_payment, go.orders);
    case 'booked':
      return say('done', words.booked, go.code);
    case 'arrived':
      return { tone: 'done', title: words.arrived.title, text: words.arrived.text };
    case 'shot': {
      const day = booking?.shotAt && photoCheckFrom(shanghaiDay(new Date(booking.shotAt)));
      const text = day ? words.shot.text(shortDay(day)) : words.shot.textNoDay;
      return { ...say('done', { ...words.shot, text }, go.orders), reminder: 'photo_check' };
    }
    case 'not_collected':
      return say('soon', { ...words.not_collected, text: refundWords(home) }, () => go.guide('make-up'));
    case 'check_photo':
      if (card.result === 'right') return say('done', words.check_photo.right, go.orders);
      if (card.result === 'wrong') {
        const text = words.check_photo.wrong.text(home.campaign?.registryOffice ?? copy.guide.registryOffice);
        return say('soon', { ...words.check_photo.wrong, text }, () => go.guide('contact'));
      }
      return say('soon', words.check_photo, () => go.guide('check'));
  }
}

function say(
  tone: CardTone,
  text: { title: string; text: string; action: string },
  way: () => void,
): CardWords {
  return { tone, title: text.title, text: text.text, action: { label: text.action, go: way } };
}

function refundWords(home: HomeView): string {
  return refundedWords(home) + words.not_collected.text;
}

/** What becomes of the money of the missed place; empty when it stays. */
function refundedWords({ booking }: HomeView): string {
  const refund = booking?.order?.refunds.at(-1);
  if (!refund) return '';
  const amount = formatYuan(refund.amountFen);
  return refund.status === 'arrived'
    ? words.not_collected.refunded(amount)
    : words.not_collected.refund(amount, shortDay(refund.dueDay));
}
