import { Row, Section } from '../../components';
import { copy } from '../../copy';
import { go } from '../../services/navigation';

const words = copy.home.more;

export function MoreSection() {
  return (
    <Section title={copy.home.sections.more}>
      <Row id="to-guide" icon="book" label={words.guide} onTap={() => go.guide()} />
      <Row id="to-orders" icon="wallet" label={words.orders} onTap={go.orders} />
      <Row id="to-timetable" icon="search" label={words.timetable} onTap={go.timetable} />
      <Row id="to-my-data" icon="shield" label={words.myData} onTap={go.myData} />
      <Row id="to-staff" icon="scan" label={words.staff} onTap={go.staffEnrol} />
    </Section>
  );
}
