import { Text } from '@tarojs/components';
import { useState } from 'react';
import { Button, ProblemNotice, Row, Sheet } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import { go, goHome } from '../../services/navigation';
import type { IdentityView } from '../../services/types';
import { forgetDraft, useDraft } from './draft';

const words = copy.verify.ways;

interface OtherWaysProps {
  campaignId: string;
  identity: IdentityView;
  isOpen: boolean;
  onClose(): void;
}

/** Nobody is stuck: another document, book without the check where the campaign allows it, or on site. */
export function OtherWays({ campaignId, identity, isOpen, onClose }: OtherWaysProps) {
  const [onSiteReason, setOnSiteReason] = useState<'lost_id' | 'gave_up' | null>(null);
  const { draft } = useDraft();
  const task = useTask();
  const isExhausted = identity.attemptsLeft === 0;

  const finish = (work: () => Promise<unknown>) =>
    void task.run(async () => {
      await work();
      forgetDraft();
      await refreshHome();
      goHome();
    });
  const bookUnverified = () =>
    finish(() =>
      call('POST /api/me/verification/unverified', {
        body: {
          campaignId,
          name: draft.name,
          documentType: 'resident_id',
          documentNumber: draft.documentNumber,
        },
      }),
    );
  const goOnSite = (reason: 'lost_id' | 'gave_up') =>
    finish(() => call('POST /api/me/verification/on-site', { body: { campaignId, reason } }));
  const close = () => {
    setOnSiteReason(null);
    onClose();
  };

  if (onSiteReason) {
    return (
      <Sheet title={words.lostConfirm.title} isOpen={isOpen} onClose={close}>
        <Text className="sheet__lead">{words.lostConfirm.text}</Text>
        <ProblemNotice problem={task.problem} />
        <Button id="on-site-now" busy={task.busy} onTap={() => goOnSite(onSiteReason)}>
          {words.lostConfirm.yes}
        </Button>
        <Button kind="plain" onTap={() => setOnSiteReason(null)}>
          {words.lostConfirm.no}
        </Button>
      </Sheet>
    );
  }
  return (
    <Sheet title={words.title} isOpen={isOpen} onClose={close}>
      <ProblemNotice problem={task.problem} />
      {identity.mayBookUnverified && isExhausted ? (
        <Row
          id="way-unverified"
          icon="calendar"
          label={words.unverified.title}
          note={words.unverified.note}
          onTap={bookUnverified}
        />
      ) : null}
      <Row
        id="way-other"
        icon="idcard"
        label={words.other.title}
        note={words.other.note}
        onTap={() => {
          close();
          go.otherDocument();
        }}
      />
      <Row
        id="way-lost"
        icon="help"
        label={words.lost.title}
        note={words.lost.note}
        onTap={() => setOnSiteReason('lost_id')}
      />
      <Row
        id="way-on-site"
        icon="walkin"
        label={words.onSite.title}
        note={words.onSite.note}
        onTap={() => setOnSiteReason('gave_up')}
      />
    </Sheet>
  );
}
