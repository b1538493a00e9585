import { Image, View } from '@tarojs/components';
import type { EvidencePhoto } from '../hooks/use-evidence';
import { Button } from './button';
import './evidence-photos.scss';

interface EvidencePhotosProps {
  photos: readonly EvidencePhoto[];
  most: number;
  label: string;
  busy: boolean;
  disabled?: boolean;
  onAdd(): void;
}

export function EvidencePhotos({ photos, most, label, busy, disabled = false, onAdd }: EvidencePhotosProps) {
  return (
    <View className="photos">
      {photos.map(({ photoId, path }) => (
        <Image key={photoId} className="photos__photo" mode="aspectFill" src={path} />
      ))}
      {photos.length < most ? (
        <View className="photos__add">
          <Button id="add-photo" kind="secondary" busy={busy} disabled={disabled} onTap={onAdd}>
            {label}
          </Button>
        </View>
      ) : null}
    </View>
  );
}
