import { Contacts, Section } from '../../components';
import { copy } from '../../copy';
import type { CampaignView } from '../../services/types';

export function ContactSection({ campaign }: { campaign: CampaignView }) {
  if (campaign.contacts.length === 0) return null;
  return (
    <Section title={copy.home.sections.contact}>
      <Contacts contacts={campaign.contacts} />
    </Section>
  );
}
