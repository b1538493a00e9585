import { Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { Button, definePage, Field, Notice, ProblemNotice, Screen, Skeleton } from '../../components';
import { useLive } from '../../hooks/use-live';
import { useTask } from '../../hooks/use-task';
import { call, forgetToken, keepToken, storedToken } from '../../services/api';
import { platform } from '../../services/platform';
import { staffCopy } from '../copy';
import { link } from '../offline/link';
import { learnTime, list } from '../offline/list';
import { desk } from '../services/desk';
import { ChooseRoom } from './choose-room';

const words = staffCopy.enrol;
const CODE_LENGTH = 8;
/** The console shows it in two groups; whoever types the space as well is right too. */
const TYPED_LENGTH = 12;
const EVERY_MS = 60_000;

/** A staff phone is enrolled once by a code from the console; after that this page asks only for the room. */
function Enrol() {
  const [isEnrolled, setEnrolled] = useState(storedToken('staff') !== undefined);
  const me = useLive('GET /api/staff/me', isEnrolled ? {} : null, EVERY_MS);
  const device = me.data ?? (me.problem?.isNetwork ? desk.device() : undefined);
  const isRefused = me.problem?.code === 'NOT_SIGNED_IN' || me.problem?.code === 'DEVICE_REVOKED';

  useEffect(() => {
    if (!me.data) return;
    desk.remember(me.data);
    learnTime(me.data.now);
  }, [me.data]);

  const leave = () => {
    forgetToken('staff');
    list.forget();
    desk.leave();
    setEnrolled(false);
  };

  return (
    <Screen title={words.title}>
      {me.problem && !device ? <ProblemNotice problem={me.problem} /> : null}
      {me.problem && device ? (
        <Notice tone="warn" icon="wifi-off">
          <Text>{words.offline}</Text>
        </Notice>
      ) : null}
      {isEnrolled && !me.data && !me.problem ? <Skeleton shape={[60, 52, 52]} /> : null}
      {isEnrolled && device ? <ChooseRoom device={device} onLeave={leave} /> : null}
      {isRefused ? (
        <Button id="enrol-anew" kind="secondary" onTap={leave}>
          {words.anew}
        </Button>
      ) : null}
      {isEnrolled ? null : <EnterCode onEnrolled={() => setEnrolled(true)} />}
    </Screen>
  );
}

function EnterCode({ onEnrolled }: { onEnrolled(): void }) {
  const [code, setCode] = useState('');
  const task = useTask();
  const isComplete = code.length === CODE_LENGTH;

  const enrol = () =>
    void task.run(async () => {
      const { token } = await call('POST /api/staff/enrol', { body: { code } });
      keepToken('staff', token);
      link.begin();
      onEnrolled();
    });
  const scan = () =>
    void task.run(async () => {
      const text = await platform.scanCode();
      if (text !== null) setCode(plain(text).slice(-CODE_LENGTH));
    });

  return (
    <>
      <View className="heading">
        <Text className="heading__title">{words.title}</Text>
        <Text className="heading__lead">{words.lead}</Text>
      </View>
      <Field
        name="code"
        label={words.code}
        value={code}
        onInput={(text) => setCode(plain(text))}
        maxLength={TYPED_LENGTH}
      />
      <ProblemNotice problem={task.problem} />
      <Button id="enrol" busy={task.busy} disabled={!isComplete} onTap={enrol}>
        {words.go}
      </Button>
      {process.env.TARO_ENV === 'weapp' ? (
        <Button id="scan-enrol" kind="plain" onTap={scan}>
          {words.scan}
        </Button>
      ) : null}
    </>
  );
}

const plain = (text: string) => text.replace(/\s/g, '').toUpperCase();

export default definePage(Enrol);
