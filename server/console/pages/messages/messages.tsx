import { Page } from '../../layout/page';
import { PageTabs } from '../../parts/tabs';
import { PhotoChecks } from './photo-checks';
import { Sent } from './sent';

/** What the service said to students by itself, and what they said of their portraits. */
export default function Messages() {
  return (
    <Page title="消息与核对" about="发给学生的订阅消息有没有送到；第 40 天起学生对照片的核对">
      <PageTabs
        tabs={[
          { key: 'sent', label: '订阅消息', view: <Sent /> },
          { key: 'photos', label: '照片核对', view: <PhotoChecks /> },
        ]}
      />
    </Page>
  );
}
