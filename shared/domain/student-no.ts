import { compact } from './text';

export type StudentNoProblem = 'empty' | 'lost_digits' | 'wrong_characters' | 'too_long';

export type StudentNoCheck =
  | { ok: true; studentNo: string }
  | { ok: false; problem: StudentNoProblem; message: string };

const MAX_LENGTH = 32;

/** Half-width, upper case, without spaces and without the apostrophe that forces text in a spreadsheet cell. */
export function normaliseStudentNo(text: string): string {
  return compact(text)
    .replace(/^['’‘`]/, '')
    .toUpperCase();
}

/** A student number is the school's own: letters, digits, `-`, `_`, `.` and `/`. */
export function checkStudentNo(text: string): StudentNoCheck {
  const studentNo = normaliseStudentNo(text);
  if (studentNo === '') return refuse('empty', '请填写学号');
  if (/^\d(\.\d+)?E\+\d+$/.test(studentNo)) {
    return refuse(
      'lost_digits',
      '学号被表格软件显示成了科学记数法，末几位已丢失，请把该列设为文本后重新填写',
    );
  }
  if (studentNo.length > MAX_LENGTH) return refuse('too_long', `学号不能超过 ${MAX_LENGTH} 个字符`);
  if (!/^[A-Z0-9][A-Z0-9._/-]*$/.test(studentNo)) {
    return refuse('wrong_characters', '学号只能包含字母、数字和 - _ . /');
  }
  return { ok: true, studentNo };
}

function refuse(problem: StudentNoProblem, message: string): StudentNoCheck {
  return { ok: false, problem, message };
}
