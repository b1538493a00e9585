import { Text } from '@tarojs/components';
import { Chips, Sheet } from '../../components';
import { staffCopy } from '../copy';
import type { Numbered } from './use-camera-desk';

const words = staffCopy.queue;

interface RenumberProps {
  /** Whose number is to change; null while nobody's is. */
  of: Numbered | null;
  isShot: boolean;
  onRenumber(person: Numbered, reason: string): void;
  onClose(): void;
}

/** A new number, with the reason: the old one is void, and that is said before. */
export function Renumber({ of, isShot, onRenumber, onClose }: RenumberProps) {
  if (!of) return null;
  return (
    <Sheet title={words.renumberTitle(of.shotNumber, of.name)} isOpen onClose={onClose}>
      <Text className="sheet__lead">{isShot ? words.renumberLeadShot : words.renumberLead}</Text>
      <Chips
        name="renumber-reason"
        choices={words.renumberReasons.map((value, index) => ({
          value,
          label: value,
          id: `renumber-why-${index}`,
        }))}
        chosen={null}
        onChoose={(reason) => {
          onRenumber(of, reason);
          onClose();
        }}
      />
    </Sheet>
  );
}
