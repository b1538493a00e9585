import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Button, Chips, EvidencePhotos, Field, ProblemNotice } from '../../components';
import { copy } from '../../copy';
import { useEvidence } from '../../hooks/use-evidence';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import type { EnrolmentView } from '../../services/types';
import { CHOICES, CORRECTABLE, type Correctable } from './correctable';

const words = copy.enrolment.correction;

interface CorrectionProps {
  enrolment: EnrolmentView;
  onSent(enrolment: EnrolmentView): void;
  onClose(): void;
}

/** Something is wrong: which, what it should be, and why. */
export function Correction({ enrolment, onSent, onClose }: CorrectionProps) {
  const [field, setField] = useState<Correctable | null>(null);
  const [proposed, setProposed] = useState('');
  const [reason, setReason] = useState('');
  const evidence = useEvidence(enrolment.campaignId, 'correction');
  const task = useTask();
  const isComplete = field !== null && proposed.trim() !== '' && reason.trim() !== '';

  const choices = field ? CHOICES[field] : undefined;

  const choose = (chosen: Correctable) => {
    setField(chosen);
    // Words for one thing are no answer for another.
    if (chosen !== field && (choices || CHOICES[chosen])) setProposed('');
  };
  const send = () =>
    void task.run(async () => {
      if (field === null) return;
      const params = { id: enrolment.id };
      const [photo] = evidence.photos;
      const body = { field, proposed, reason, ...(photo && { photoId: photo.photoId }) };
      onSent(await call('POST /api/me/enrolment/:id/corrections', { params, body }));
      await refreshHome();
      onClose();
    });

  return (
    <>
      <View className="heading">
        <Text className="heading__title">{words.title}</Text>
        <Text className="heading__lead">{words.lead}</Text>
      </View>
      <Chips
        name="correct"
        choices={CORRECTABLE.map((each) => ({ value: each, label: words.fields[each] }))}
        chosen={field}
        onChoose={choose}
      />
      {choices ? (
        <>
          <Text className="enrolment__note">{words.proposed}</Text>
          <Chips
            name="proposed"
            choices={choices.map((value, index) => ({ value, label: value, id: `proposed-${index}` }))}
            chosen={proposed}
            onChoose={setProposed}
          />
        </>
      ) : (
        <Field name="proposed" label={words.proposed} value={proposed} onInput={setProposed} maxLength={60} />
      )}
      <Field
        name="reason"
        label={words.reason}
        value={reason}
        onInput={setReason}
        placeholder={words.reasonPlaceholder}
        maxLength={200}
      />
      <Text className="enrolment__note">{words.photoNote}</Text>
      <EvidencePhotos
        photos={evidence.photos}
        most={1}
        label={words.addPhoto}
        busy={evidence.busy}
        onAdd={evidence.add}
      />
      <ProblemNotice problem={evidence.problem ?? task.problem} />
      <Button id="send-correction" busy={task.busy} disabled={!isComplete} onTap={send}>
        {words.submit}
      </Button>
      <Button kind="plain" onTap={onClose}>
        {copy.actions.back}
      </Button>
    </>
  );
}
