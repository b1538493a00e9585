import { Text, View } from '@tarojs/components';
import { a11y, Icon, Notice } from '../../components';
import { staffCopy } from '../copy';
import './link-bar.scss';
import { link } from './link';
import { useLink } from './use-link';

const words = staffCopy.link;

/** Says that the network is gone and what waits for it; nothing while all is well. */
export function LinkBar() {
  const { isOnline, isStopped, waiting, doubtful } = useLink();
  if (isStopped) {
    return (
      <Notice tone="bad" title={words.stopped}>
        <Text>{waiting > 0 ? words.stoppedWaiting(waiting) : words.stoppedText}</Text>
      </Notice>
    );
  }
  return (
    <>
      {isOnline ? null : (
        <View id="offline" className="link-bar" {...a11y('status')}>
          <Icon name="wifi-off" />
          <Text className="link-bar__words">{words.offline(waiting)}</Text>
        </View>
      )}
      {isOnline && waiting > 0 ? (
        <View id="uploading" className="link-bar link-bar--calm" {...a11y('status')}>
          <Icon name="clock" />
          <Text className="link-bar__words">{words.uploading(waiting)}</Text>
        </View>
      ) : null}
      {doubtful > 0 ? (
        <View id="doubtful" className="link-bar" {...a11y('button')} onClick={link.dismissDoubtful}>
          <Icon name="alert" />
          <Text className="link-bar__words">{words.doubtful(doubtful)}</Text>
        </View>
      ) : null}
    </>
  );
}
