import { Text, View } from '@tarojs/components';
import { useEffect } from 'react';
import {
  Button,
  definePage,
  EmptyState,
  Notice,
  ProblemNotice,
  QrCode,
  Screen,
  Skeleton,
} from '../../components';
import { copy } from '../../copy';
import { useHome } from '../../hooks/use-home';
import { useNow } from '../../hooks/use-now';
import { useShown } from '../../hooks/use-shown';
import { goHome } from '../../services/navigation';
import { platform } from '../../services/platform';
import { shownCode } from '../../services/shown-code';
import { placeWords, rangeWords } from '../../services/words';
import './index.scss';

const MARGIN_PX = 24;
const MAX_CODE_PX = 420;

/** The code as large as the phone allows, bright, and awake. */
function Code() {
  const { home, isFresh, isOffline, problem } = useHome();
  const now = useNow();
  useBrightScreen();
  const code = home?.code;
  const session = home?.booking?.session;

  if (!code) {
    const isUnknown = home === null;
    return (
      <Screen title={copy.code.title}>
        {isUnknown ? <ProblemNotice problem={problem} /> : null}
        {isUnknown && !problem ? <Skeleton shape={[360, 56]} /> : null}
        {isUnknown ? null : (
          <EmptyState icon="scan" title={copy.code.none}>
            <Text className="code__none">{copy.code.noneText}</Text>
            <Button onTap={goHome}>{copy.actions.backHome}</Button>
          </EmptyState>
        )}
      </Screen>
    );
  }

  const { text, isFixed } = shownCode(code, { isFresh, isOffline, now });
  const size = Math.min(MAX_CODE_PX, platform.screen().widthPx - 2 * MARGIN_PX);
  return (
    <Screen title={copy.code.title} className="code">
      <View className="code__paper">
        <QrCode text={text} size={size} label={copy.home.ticket.qrLabel} />
        <Text className="code__hint">{copy.code.hint}</Text>
        {session ? (
          <View className="code__session num">
            <Text className="code__fact">{placeWords(session)}</Text>
            <Text className="code__fact">{rangeWords(session.startsAt, session.endsAt)}</Text>
          </View>
        ) : null}
      </View>
      <Notice tone={isFixed ? 'warn' : 'info'} icon={isFixed ? 'wifi-off' : 'sun'}>
        <Text>{wordsOf(isFixed, isOffline)}</Text>
      </Notice>
      <Text className="code__alternative">{copy.code.alternative}</Text>
    </Screen>
  );
}

function wordsOf(isFixed: boolean, isOffline: boolean): string {
  if (isOffline) return copy.code.fixed;
  return isFixed ? copy.home.ticket.unconfirmed : copy.code.rotating;
}

/** Gives the brightness back when the page is left or covered. */
function useBrightScreen(): void {
  const shown = useShown();
  useEffect(() => {
    if (!shown) return undefined;
    const restore = platform.brighten();
    platform.keepScreenOn(true);
    return () => {
      platform.keepScreenOn(false);
      void restore.then((giveBack) => giveBack());
    };
  }, [shown]);
}

export default definePage(Code);
