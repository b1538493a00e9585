import { NOBODYS } from '../../../shared/domain/finance-words';

/** Who a line about money is about; money that belongs to nobody says so. */
export function StudentCell({ name, studentNo, college }: Record<'name' | 'studentNo' | 'college', string>) {
  if (studentNo === '') return <span className="soft">{NOBODYS}</span>;
  return (
    <>
      <strong>{name}</strong> {studentNo} <span className="faint">{college}</span>
    </>
  );
}
