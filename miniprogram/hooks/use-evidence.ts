import { useState } from 'react';
import { call, upload } from '../services/api';
import { platform } from '../services/platform';
import { useTask } from './use-task';

const CONSENT_VERSION = 1;

export interface EvidencePhoto {
  photoId: string;
  /** Shows it on this phone. */
  path: string;
}

/** Photos for a person to look at: chosen, sent and kept sealed, each on its own. */
export function useEvidence(campaignId: string | undefined, purpose: 'review' | 'correction') {
  const [photos, setPhotos] = useState<readonly EvidencePhoto[]>([]);
  const { run, busy, problem } = useTask();

  const add = () =>
    void run(async () => {
      if (!campaignId) return;
      const photo = await platform.choosePhoto('camera', 'document');
      if (!photo) return;
      const consents = [{ kind: 'id_photo' as const, version: CONSENT_VERSION }];
      await call('POST /api/me/consents', { body: { campaignId, consents } });
      const { photoId } = await upload('POST /api/me/evidence-photos', { query: { purpose } }, photo.path);
      setPhotos((before) => [...before, { photoId, path: photo.path }]);
    });

  return { photos, add, busy, problem };
}
