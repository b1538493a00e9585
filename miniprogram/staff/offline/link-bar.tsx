import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { a11y, Button, Icon, type IconName, Notice } from '../../components';
import { storedToken } from '../../services/api';
import { go } from '../../services/navigation';
import { staffCopy } from '../copy';
import './link-bar.scss';
import { link } from './link';
import { SetAsideSheet } from './set-aside-sheet';
import { useLink } from './use-link';

const words = staffCopy.link;

/** Says that the network is gone, what waits for it and what went wrong; nothing while all is well. */
export function LinkBar() {
  const { isOnline, isStopped, waiting, doubtful, setAside, trouble } = useLink();
  const [isOpen, setOpen] = useState(false);
  if (storedToken('staff') === undefined) {
    return (
      <Notice tone="warn" title={words.notEnrolled}>
        <Button id="to-enrol" kind="secondary" small onTap={go.staffEnrol}>
          {words.enrol}
        </Button>
      </Notice>
    );
  }
  if (isStopped) {
    return (
      <Notice tone="bad" title={words.stopped}>
        <Text>{waiting > 0 ? words.stoppedWaiting(waiting) : words.stoppedText}</Text>
      </Notice>
    );
  }
  return (
    <>
      {isOnline ? null : <Bar id="offline" icon="wifi-off" says={words.offline(waiting)} />}
      {isOnline && trouble ? (
        <Bar
          id="upload-trouble"
          icon="alert"
          says={waiting > 0 ? words.notUploaded(waiting, trouble) : words.notUpdated(trouble)}
        />
      ) : null}
      {isOnline && !trouble && waiting > 0 ? (
        <Bar id="uploading" icon="clock" calm says={words.uploading(waiting)} />
      ) : null}
      {setAside > 0 ? (
        <Bar id="set-aside" icon="alert" says={words.setAside(setAside)} onTap={() => setOpen(true)} />
      ) : null}
      {doubtful > 0 ? (
        <Bar id="doubtful" icon="alert" says={words.doubtful(doubtful)} onTap={link.dismissDoubtful} />
      ) : null}
      <SetAsideSheet isOpen={isOpen && setAside > 0} onClose={() => setOpen(false)} />
    </>
  );
}

interface BarProps {
  id: string;
  icon: IconName;
  says: string;
  /** Nothing that anybody has to do anything about. */
  calm?: boolean;
  onTap?: () => void;
}

function Bar({ id, icon, says, calm = false, onTap }: BarProps) {
  return (
    <View
      id={id}
      className={`link-bar${calm ? ' link-bar--calm' : ''}`}
      {...a11y(onTap ? 'button' : 'status')}
      {...(onTap && { onClick: onTap })}
    >
      <Icon name={icon} />
      <Text className="link-bar__words">{says}</Text>
      {onTap ? <Icon name="chevron" /> : null}
    </View>
  );
}
