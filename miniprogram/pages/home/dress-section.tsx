import { DressRules, Section } from '../../components';
import { copy } from '../../copy';

export function DressSection() {
  return (
    <Section title={copy.home.sections.dress}>
      <DressRules />
    </Section>
  );
}
