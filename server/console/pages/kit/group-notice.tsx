import { CopyOutlined, DownloadOutlined, PrinterOutlined } from '@ant-design/icons';
import { App, Button, Card, Select } from 'antd';
import { useState } from 'react';
import { campaignGaps } from '../../../../shared/domain/campaign-gaps';
import { useRead } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { PrepareFirst } from '../../parts/prepare-first';
import { noticeText } from './notice-text';

/** Text to paste into class groups, and the mini-program code beside it. */
export function GroupNotice() {
  const campaign = useCampaign();
  const { message } = App.useApp();
  const of = { params: { id: campaign.id } };
  const code = useRead('GET /api/console/campaigns/:id/mini-program-code', of);
  const colleges =
    useRead('POST /api/console/campaigns/:id/find-students', { ...of, body: { size: 1 } }).data?.colleges ??
    [];
  const [college, setCollege] = useState<string | null>(null);
  const gaps = campaignGaps(campaign);
  if (gaps.length > 0) return <Unfinished missing={gaps.map(({ name }) => name)} />;
  const text = noticeText(campaign, college);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => message.success('已复制，到班级群里粘贴'),
      () => message.warning('浏览器不让复制，请选中文字自己复制'),
    );
  return (
    <div className="notice-kit">
      <Card
        className="printed"
        title="通知文字"
        extra={
          <span className="row tight no-print">
            <Select
              allowClear
              className="college-choice"
              aria-label="写给哪个学院"
              placeholder="写给全体毕业生"
              value={college}
              options={colleges.map((name) => ({ value: name, label: name }))}
              onChange={(chosen: string | null) => setCollege(chosen ?? null)}
            />
            <Button type="primary" icon={<CopyOutlined aria-hidden />} onClick={copy}>
              复制
            </Button>
            <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
              打印
            </Button>
          </span>
        }
      >
        <pre className="notice-text">{text}</pre>
      </Card>
      <Card className="printed" title="小程序码">
        <Loaded query={code}>
          {({ image }) => (
            <div className="code-card">
              <img src={image} width={260} height={260} alt="打开“图采预约”小程序的码" />
              <p className="soft">微信扫一扫，打开“图采预约”</p>
              <Button
                className="no-print"
                icon={<DownloadOutlined aria-hidden />}
                href={image}
                download={`${campaign.name}-小程序码.png`}
              >
                保存图片
              </Button>
            </div>
          )}
        </Loaded>
      </Card>
    </div>
  );
}

/** A notice with gaps would be passed on as it is. */
const Unfinished = ({ missing }: { missing: readonly string[] }) => (
  <PrepareFirst until={`填了${missing.join('、')}之后，这里有可以直接发的通知`} action="去准备批次" />
);
