import { Page } from '../../layout/page';
import { PageTabs } from '../../parts/tabs';
import { Announcements } from './announcements';
import { PhotoChecks } from './photo-checks';
import { Sent } from './sent';

/** What the service said to students by itself, what the office says, and what students say of their portraits. */
export default function Messages() {
  return (
    <Page title="消息与核对" about="发给学生的消息有没有送到、学校发的通知、第 40 天起学生对照片的核对">
      <PageTabs
        tabs={[
          { key: 'sent', label: '订阅消息', view: <Sent /> },
          { key: 'announcements', label: '学校通知', view: <Announcements /> },
          { key: 'photos', label: '照片核对', view: <PhotoChecks /> },
        ]}
      />
    </Page>
  );
}
