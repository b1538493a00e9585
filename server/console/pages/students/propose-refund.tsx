import { Checkbox } from 'antd';
import { useState } from 'react';
import type { StudentFile } from '../../../../shared/contract/office';
import { MOST_REASON_CHARACTERS } from '../../../../shared/domain/refund-reason';
import { useDialogWrite } from '../../api/use-dialog-write';
import { ReasonDialog } from '../../parts/reason-dialog';
import { yuan } from '../../words/format';

type Booking = StudentFile['bookings'][number];

/** Asks that an order goes back, whole or by fee item. Nothing moves until somebody in finance agrees. */
export function ProposeRefund({
  order,
  booking,
  name,
  onClose,
}: {
  order: Booking['orders'][number];
  booking: Booking;
  name: string;
  onClose: () => void;
}) {
  const [{ orderNo, leftFen, leftItems }] = useState(order);
  const [chosen, setChosen] = useState<readonly string[]>(leftItems.map(({ code }) => code));
  const [endsPlace, setEndsPlace] = useState(false);
  const propose = useDialogWrite('POST /api/console/orders/:orderNo/proposals', {
    done: '已申请，等财务同事审批',
    onClose,
    endedBy: ['PROPOSAL_PENDING', 'NOTHING_TO_REFUND', 'ORDER_NOT_PAID'],
  });
  const isWhole = chosen.length === leftItems.length;
  const fen = isWhole
    ? leftFen
    : leftItems.reduce((sum, item) => sum + (chosen.includes(item.code) ? item.amountFen : 0), 0);
  const isWaiting = booking.place === 'booked' && booking.attendance === 'expected';
  return (
    <ReasonDialog
      title={`申请退还 ${name} ${yuan(fen)} 元？`}
      consequence={
        isWaiting
          ? '另一位财务同事批准后原路退回。学生自己要取消的，请用“取消预约”，名额和钱一起处理。'
          : '另一位财务同事批准后原路退回，3 个工作日内到账。'
      }
      suggestions={['重复付款', '照片不能使用，学校承担', '收费有误']}
      longest={MOST_REASON_CHARACTERS}
      readBy="学生在退款通知里看得到"
      okText="提交申请"
      canConfirm={fen > 0}
      isPending={propose.isPending}
      onConfirm={(reason) =>
        propose.mutate({
          params: { orderNo },
          body: { kind: 'refund', reason, endsPlace, ...(isWhole ? {} : { items: [...chosen] }) },
        })
      }
      onClose={onClose}
    >
      <div className="stack is-tight">
        {leftItems.length > 1 && (
          <fieldset className="choices">
            <legend>退哪几项</legend>
            <Checkbox.Group
              value={[...chosen]}
              onChange={setChosen}
              options={leftItems.map((item) => ({
                value: item.code,
                label: `${item.name} ${yuan(item.amountFen)} 元`,
              }))}
            />
          </fieldset>
        )}
        {isWaiting && (
          <Checkbox checked={endsPlace} onChange={({ target }) => setEndsPlace(target.checked)}>
            同时取消预约，让出名额
          </Checkbox>
        )}
      </div>
    </ReasonDialog>
  );
}
