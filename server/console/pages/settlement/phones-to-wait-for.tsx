import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { PhoneToWaitFor } from '../../../../shared/contract/settlement';
import { WaivePhone } from '../../parts/waive-phone';
import { useMay } from '../../session/use-session';
import { stamp } from '../../words/format';

/** Whoever was photographed while the network was down must not be refunded: the batch waits for every phone. */
export function PhonesToWaitFor({ phones }: { phones: readonly PhoneToWaitFor[] }) {
  const may = useMay();
  const [waiving, setWaiving] = useState<PhoneToWaitFor | null>(null);
  if (phones.length === 0) return null;
  const canWaive = may('POST /api/console/devices/:id/waive');
  return (
    <>
      <Alert
        type="warning"
        showIcon
        title={`还有 ${phones.length} 台现场手机没有传完，暂时不能提交退款`}
        description={
          <>
            <ul className="plain-list">
              {phones.map((phone) => (
                <li key={phone.id} className="row tight">
                  <strong>{phone.label}</strong>
                  <span className="number">
                    {phone.pending ? `还有 ${phone.pending} 条没有上传` : '采集结束后还没有联网报到'}
                    {phone.lastSeenAt && `，最近使用 ${stamp(phone.lastSeenAt)}`}
                  </span>
                  {canWaive && (
                    <Button
                      size="small"
                      onClick={() => setWaiving(phone)}
                      aria-label={`不再等 ${phone.label}`}
                    >
                      不再等…
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            让它联网打开一次小程序就会传完；
            {canWaive
              ? '手机丢了、坏了，写明原因后不再等它。'
              : '手机丢了、坏了，请教务处写明原因后不再等它。'}
          </>
        }
      />
      {waiving && <WaivePhone phone={waiving} onClose={() => setWaiving(null)} />}
    </>
  );
}
