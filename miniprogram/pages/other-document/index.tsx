import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { checkDocumentNumber, DOCUMENT_TYPES, type DocumentType } from '../../../shared/domain/documents';
import { checkName } from '../../../shared/domain/person-name';
import {
  Button,
  CheckRow,
  Chips,
  definePage,
  EvidencePhotos,
  Field,
  PhotoFrame,
  ProblemNotice,
  ReviewAnswer,
  Screen,
} from '../../components';
import { copy } from '../../copy';
import { useEvidence } from '../../hooks/use-evidence';
import { useHome } from '../../hooks/use-home';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import { goHome } from '../../services/navigation';

const words = copy.otherDocument;
const TYPES = DOCUMENT_TYPES.filter((type) => type !== 'resident_id');

/** HK, Macao, Taiwan and foreign documents: photos to the office, a person looks. */
function OtherDocument() {
  const { home } = useHome();
  const campaignId = home?.campaign?.id;
  const [type, setType] = useState<DocumentType | null>(null);
  const [name, setName] = useState('');
  const [number, setNumber] = useState('');
  const [agrees, setAgrees] = useState(false);
  const evidence = useEvidence(campaignId, 'review');
  const task = useTask();
  const named = checkName(name);
  const check = type && checkDocumentNumber(type, number);
  const isComplete = type !== null && named.ok && number.trim() !== '' && evidence.photos.length > 0;

  const send = () =>
    void task.run(async () => {
      if (!campaignId || type === null) return;
      const photoIds = evidence.photos.map(({ photoId }) => photoId);
      await call('POST /api/me/verification/manual', {
        body: { campaignId, name, documentType: type, documentNumber: number, photoIds },
      });
      await refreshHome();
      goHome();
    });

  return (
    <Screen title={words.title}>
      <ReviewAnswer answer={home?.identity?.reviewAnswer} />
      <View className="heading">
        <Text className="heading__title">{words.title}</Text>
        <Text className="heading__lead">{words.lead}</Text>
      </View>
      <Chips
        name="document"
        choices={TYPES.map((value) => ({ value, label: copy.documents[value] }))}
        chosen={type}
        onChoose={(value) => setType(value)}
      />
      <Field
        name="name"
        label={words.name}
        value={name}
        onInput={setName}
        problem={!named.ok && name.trim() !== '' ? named.message : undefined}
      />
      <Field
        name="documentNumber"
        label={words.number}
        value={number}
        onInput={setNumber}
        maxLength={24}
        problem={check && !check.ok && number !== '' ? check.message : undefined}
      />
      <CheckRow id="consent-id_photo" checked={agrees} onChange={setAgrees} title={words.consent}>
        <Text>{words.consentDetail}</Text>
      </CheckRow>
      {evidence.photos.length === 0 ? <PhotoFrame side="page" words={words.frame} picture={null} /> : null}
      <EvidencePhotos
        photos={evidence.photos}
        most={2}
        label={evidence.photos.length === 0 ? words.addPhoto : words.secondPhoto}
        busy={evidence.busy}
        disabled={!agrees}
        onAdd={evidence.add}
      />
      <ProblemNotice problem={evidence.problem ?? task.problem} />
      <Button id="send-document" busy={task.busy} disabled={!isComplete} onTap={send}>
        {words.submit}
      </Button>
    </Screen>
  );
}

export default definePage(OtherDocument);
