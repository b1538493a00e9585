import { Button, Card } from 'antd';
import { useState } from 'react';
import type { StudentFile } from '../../../../shared/contract/office';
import { useDialogWrite } from '../../api/use-dialog-write';
import { newNonce } from '../../parts/new-nonce';
import { Pill } from '../../parts/pill';
import { ReasonDialog } from '../../parts/reason-dialog';
import { useMay } from '../../session/use-session';
import { clock, dayName, stamp, yuan } from '../../words/format';
import { bookingPill, PAYMENT_NAMES } from '../../words/standings';
import { MoveBooking } from './move-booking';
import { OrderLine } from './order-line';

type Booking = StudentFile['bookings'][number];

/** A booking with its money, and what one may do to it. */
export function BookingBox({ booking, file }: { booking: Booking; file: StudentFile }) {
  const { session, seatNo, payment, amountFen, arrival, shotAt, channel, place } = booking;
  const { tone, text } = bookingPill(booking);
  return (
    <Card
      size="small"
      title={
        <span className="row tight">
          {channel === 'walk_in' ? '现场预约' : '预约'} <Pill tone={tone}>{text}</Pill>
        </span>
      }
      extra={<BookingActions booking={booking} file={file} />}
    >
      <div className="number">
        {session ? (
          <>
            {dayName(session.day)} {clock(session.startsAt)}–{clock(session.endsAt)} {session.room}
            {seatNo !== null && ` · ${seatNo} 号`}
          </>
        ) : (
          '没有固定时段'
        )}
        {place === 'held' && booking.holdExpiresAt && (
          <span className="warn"> · 占位到 {stamp(booking.holdExpiresAt).slice(11)}</span>
        )}
      </div>
      <div className="soft number">
        {yuan(amountFen)} 元 {PAYMENT_NAMES[payment]}
        {arrival && ` · ${stamp(arrival.at)} 在 ${arrival.room} 签到，拍摄序号 ${arrival.shotNumber}`}
        {shotAt && ` · ${stamp(shotAt).slice(11)} 拍摄`}
      </div>
      {booking.orders.map((order) => (
        <OrderLine key={order.orderNo} order={order} booking={booking} name={file.student.name} />
      ))}
    </Card>
  );
}

function BookingActions({ booking, file }: { booking: Booking; file: StudentFile }) {
  const may = useMay();
  const [doing, setDoing] = useState<'move' | 'cancel' | null>(null);
  const isActive = booking.place === 'held' || booking.place === 'booked';
  if (!isActive || booking.attendance !== 'expected') return null;
  return (
    <span className="row tight">
      {may('POST /api/console/bookings/:id/move') && (
        <Button size="small" onClick={() => setDoing('move')}>
          改时段
        </Button>
      )}
      {may('POST /api/console/bookings/:id/cancel') && (
        <Button size="small" danger onClick={() => setDoing('cancel')}>
          取消预约
        </Button>
      )}
      {doing === 'move' && (
        <MoveBooking booking={booking} name={file.student.name} onClose={() => setDoing(null)} />
      )}
      {doing === 'cancel' && (
        <CancelBooking booking={booking} name={file.student.name} onClose={() => setDoing(null)} />
      )}
    </span>
  );
}

function CancelBooking({ booking, name, onClose }: { booking: Booking; name: string; onClose: () => void }) {
  const [seen] = useState(booking);
  const [nonce] = useState(newNonce);
  const cancel = useDialogWrite('POST /api/console/bookings/:id/cancel', {
    done: seen.payment === 'paid' ? '已取消，退款已发起' : '已取消',
    onClose,
  });
  return (
    <ReasonDialog
      title={`取消 ${name} 的预约？`}
      consequence={
        seen.payment === 'paid'
          ? `名额立即让出，${yuan(seen.amountFen)} 元原路退回，3 个工作日内到账。取消后不能恢复，只能重新预约。`
          : '名额立即让出。取消后不能恢复，只能重新预约。'
      }
      suggestions={['学生来电要求取消', '当天不能到场', '重复预约']}
      okText={seen.payment === 'paid' ? '取消并退款' : '取消预约'}
      isDangerous
      isPending={cancel.isPending}
      onConfirm={(reason) =>
        cancel.mutate({ params: { id: seen.id }, body: { version: seen.version, nonce, reason } })
      }
      onClose={onClose}
    />
  );
}
