import { Alert, Drawer, Empty } from 'antd';
import type { StudentFile } from '../../../../shared/contract/office';
import { TRAINING_LABELS } from '../../../../shared/domain/majors';
import { useRead } from '../../api/hooks';
import { History } from '../../parts/history';
import { Loaded } from '../../parts/loaded';
import { Pill } from '../../parts/pill';
import { clock, dayName, stamp } from '../../words/format';
import { FIELD_NAMES } from '../../words/standings';
import { BookingBox } from './booking-box';
import { explain } from './explain';
import { StudentActions } from './student-actions';

const EVERY_MS = 10_000;

/** One student: who, where it stands, what one may do, everything that happened. */
export function StudentDrawer({ studentId, onClose }: { studentId: string; onClose: () => void }) {
  const file = useRead('GET /api/console/students/:id', { params: { id: studentId } }, { every: EVERY_MS });
  const student = file.data?.student;
  return (
    <Drawer
      open
      size={620}
      onClose={onClose}
      title={
        student ? (
          <>
            {student.name} <span className="faint number">{student.studentNo}</span>
          </>
        ) : (
          '学生'
        )
      }
    >
      <Loaded query={file} rows={10}>
        {(all) => <File file={all} />}
      </Loaded>
    </Drawer>
  );
}

function File({ file }: { file: StudentFile }) {
  const { student, session, bookings } = file;
  const [current, ...former] = bookings;
  return (
    <div className="stack">
      {student.removedAt && (
        <Alert type="warning" showIcon title={`${stamp(student.removedAt)} 起不在学生名单里`} />
      )}
      {student.request?.status === 'open' && (
        <Alert
          type="warning"
          showIcon
          title={`申请把${FIELD_NAMES[student.request.field]}改为“${student.request.proposed}”`}
          description={`理由：${student.request.reason}（在“待办”里处理）`}
        />
      )}
      <Explained file={file} />
      <dl className="facts">
        <Fact name="证件号码">{student.documentMasked ?? '名单未提供'}</Fact>
        <Fact name="学院">{student.college}</Fact>
        <Fact name="专业">
          {student.major}
          <span className="faint"> {TRAINING_LABELS[student.training]}</span>
          {student.graduationType === 'early' && <Pill tone="brand">提前毕业</Pill>}
        </Fact>
        <Fact name="班级">{student.className || '—'}</Fact>
        <Fact name="本班时段">
          {session ? (
            <>
              {dayName(session.day)} {clock(session.startsAt)}–{clock(session.endsAt)} {session.room}
              {student.placedByOffice && <span className="faint"> 由教务处安排</span>}
            </>
          ) : (
            <span className="bad">{student.unmatchedBecause ?? '没有时段'}</span>
          )}
        </Fact>
        <Fact name="微信">
          {student.binding ? (
            <>
              {stamp(student.binding.at)} 绑定，
              {student.binding.level === 'verified' ? '已实名认证' : '未核验，现场看原件'}
              {student.confirmedAt ? `，${stamp(student.confirmedAt)} 确认学籍` : '，还没有确认学籍'}
            </>
          ) : (
            '还没有微信账号认领'
          )}
        </Fact>
        <Attempts file={file} />
      </dl>
      <StudentActions file={file} />
      {current ? (
        <BookingBox key={current.id} booking={current} file={file} />
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="还没有预约过" />
      )}
      {former.length > 0 && (
        <details>
          <summary>以前的预约（{former.length}）</summary>
          <div className="stack gap-above">
            {former.map((booking) => (
              <BookingBox key={booking.id} booking={booking} file={file} />
            ))}
          </div>
        </details>
      )}
      <section aria-label="经过">
        <h3 className="section-title">经过</h3>
        <History lines={[...file.lines].reverse()} names={file.names} />
      </section>
    </div>
  );
}

/** To be read out to a caller. */
function Explained({ file }: { file: StudentFile }) {
  const { state, next } = explain(file);
  return (
    <section className="explained" aria-label="现在的情况">
      <p>{state}</p>
      <p className="soft">{next}</p>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Attempts({ file: { identities } }: { file: StudentFile }) {
  const tried = identities.filter(({ attempts }) => attempts.length > 0);
  if (tried.length === 0) return null;
  return (
    <Fact name="银行卡核验">
      {tried.map(({ accountId, attempts, attemptsLeft, status, isBound }) => (
        <div key={accountId} className="number">
          {attempts.length} 次，
          {status === 'verified' ? '已通过' : `还可以试 ${attemptsLeft} 次`}
          {!isBound && <span className="faint">（尚未绑定的微信）</span>}
        </div>
      ))}
    </Fact>
  );
}
