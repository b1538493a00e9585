import { Page } from '../../layout/page';
import { PageTabs } from '../../parts/tabs';
import { CollegeTimetables } from './college-timetables';
import { DoorSigns } from './door-signs';
import { GroupNotice } from './group-notice';

/** What is put up, printed and sent round before the day. */
export default function Kit() {
  return (
    <Page
      title="宣传物料"
      about="发到班级群的通知、各学院的时间表、贴在门口的指示牌；都可以直接打印或另存为 PDF"
    >
      <PageTabs
        tabs={[
          { key: 'notice', label: '班级群通知', view: <GroupNotice /> },
          { key: 'timetables', label: '学院时间表', view: <CollegeTimetables /> },
          { key: 'doors', label: '门口指示牌', view: <DoorSigns /> },
        ]}
      />
    </Page>
  );
}
