import { Image, Text, View } from '@tarojs/components';
import { useState } from 'react';
import { checkDocumentNumber, DOCUMENT_TYPES, type DocumentType } from '../../../shared/domain/documents';
import { Button, CheckRow, Chips, definePage, Field, Icon, ProblemNotice, Screen } from '../../components';
import { copy } from '../../copy';
import { useHome } from '../../hooks/use-home';
import { useTask } from '../../hooks/use-task';
import { call, sendPhoto } from '../../services/api';
import { refreshHome } from '../../services/home';
import { goHome } from '../../services/navigation';
import { platform } from '../../services/platform';
import './index.scss';

const words = copy.otherDocument;
const CONSENT_VERSION = 1;
const TYPES = DOCUMENT_TYPES.filter((type) => type !== 'resident_id');

interface Sent {
  photoId: string;
  path: string;
}

/** HK, Macao, Taiwan and foreign documents: photos to the office, a person looks. */
function OtherDocument() {
  const { home } = useHome();
  const campaignId = home?.campaign?.id;
  const [type, setType] = useState<DocumentType | null>(null);
  const [name, setName] = useState('');
  const [number, setNumber] = useState('');
  const [agrees, setAgrees] = useState(false);
  const [photos, setPhotos] = useState<readonly Sent[]>([]);
  const task = useTask();
  const check = type && checkDocumentNumber(type, number);
  const isComplete = type !== null && name.trim() !== '' && number.trim() !== '' && photos.length > 0;

  const addPhoto = () =>
    void task.run(async () => {
      const photo = await platform.choosePhoto('camera', 'document');
      if (!photo || !campaignId) return;
      await call('POST /api/me/consents', {
        body: { campaignId, consents: [{ kind: 'id_photo', version: CONSENT_VERSION }] },
      });
      const side = photos.length === 0 ? 'front' : 'back';
      const { photoId } = await sendPhoto(side, photo.path, () => undefined);
      setPhotos((before) => [...before, { photoId, path: photo.path }]);
    });

  const send = () =>
    void task.run(async () => {
      if (!campaignId || type === null) return;
      const photoIds = photos.map(({ photoId }) => photoId);
      await call('POST /api/me/verification/manual', {
        body: { campaignId, name, documentType: type, documentNumber: number, photoIds },
      });
      await refreshHome();
      goHome();
    });

  return (
    <Screen title={words.title}>
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
      <Field name="name" label={words.name} value={name} onInput={setName} />
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
      <View className="photos">
        {photos.map(({ photoId, path }) => (
          <Image key={photoId} className="photos__photo" mode="aspectFill" src={path} />
        ))}
        {photos.length < 2 ? (
          <View className="photos__add">
            <Button id="add-photo" kind="secondary" busy={task.busy} disabled={!agrees} onTap={addPhoto}>
              <Icon name="camera" />
              <Text>{photos.length === 0 ? words.addPhoto : words.secondPhoto}</Text>
            </Button>
          </View>
        ) : null}
      </View>
      <ProblemNotice problem={task.problem} />
      <Button id="send-document" busy={task.busy} disabled={!isComplete} onTap={send}>
        {words.submit}
      </Button>
    </Screen>
  );
}

export default definePage(OtherDocument);
