import { Text } from '@tarojs/components';
import { platform } from '../services/platform';
import type { CampaignView } from '../services/types';
import { Row } from './card';

/** Whom to ask; a tap dials. */
export function Contacts({ contacts }: { contacts: CampaignView['contacts'] }) {
  return (
    <>
      {contacts.map(({ label, phone, hours }) => (
        <Row
          key={label}
          icon="phone"
          label={label}
          {...(hours && { note: hours })}
          value={<Text className="num">{phone}</Text>}
          onTap={() => platform.call(phone)}
        />
      ))}
    </>
  );
}
