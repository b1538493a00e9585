import fc from 'fast-check';
import {
  checkDocumentNumber,
  citizenCheckCharacter,
  DOCUMENT_TYPES,
  type DocumentType,
  guessDocumentType,
  maskDocumentNumber,
  normaliseDocumentNumber,
} from '../../../shared/domain/documents';

const problemOf = (type: DocumentType, text: string) => {
  const check = checkDocumentNumber(type, text);
  return check.ok ? 'ok' : check.problem;
};

describe('mainland ID numbers (GB 11643)', () => {
  it.each([
    ['11010519491231002X', '1949-12-31', 'female'],
    ['440524188001010014', '1880-01-01', 'male'],
  ])('%s is valid and tells birth date and sex', (number, birthDate, sex) => {
    expect(checkDocumentNumber('resident_id', number)).toEqual({ ok: true, number, birthDate, sex });
  });

  it.each([
    ['full-width with a small x', '１１０１０５１９４９１２３１００２ｘ'],
    ['spaced in groups', ' 110105 19491231 002x '],
    ['with ideographic spaces', '110105\u300019491231\u3000002X'],
  ])('is read although typed %s', (_, text) => {
    expect(normaliseDocumentNumber(text)).toBe('11010519491231002X');
  });

  it.each([
    ['empty', '　'],
    ['wrong_length', '110105194912310'],
    ['wrong_characters', '1101051949I231002X'],
    ['impossible_birth_date', '110105194902310028'],
    ['wrong_check_digit', '110105194912310021'],
    ['wrong_document_type', '810000199408230021'],
  ])('is refused with the reason %s', (problem, text) => {
    expect(problemOf('resident_id', text)).toBe(problem);
  });

  it('keeps numbers of retired region codes valid', () => {
    const first17 = '51022919990101001';
    expect(problemOf('resident_id', first17 + citizenCheckCharacter(first17))).toBe('ok');
  });

  it('notices every single wrong digit and every swap of neighbours', () => {
    const valid = '11010519491231002X';
    for (let place = 0; place < 17; place++) {
      const typo = (Number(valid.charAt(place)) + 1) % 10;
      expect(problemOf('resident_id', valid.slice(0, place) + typo + valid.slice(place + 1))).not.toBe('ok');
      const swapped =
        valid.slice(0, place) + valid.charAt(place + 1) + valid.charAt(place) + valid.slice(place + 2);
      expect(swapped === valid ? 'same' : problemOf('resident_id', swapped)).not.toBe('ok');
    }
  });
});

describe('other documents', () => {
  it.each<[DocumentType, string]>([
    ['residence_permit', '810000199408230021'],
    ['residence_permit', '830000199201300022'],
    ['hk_macao_permit', 'h12345678'],
    ['hk_macao_permit', 'M1234567801'],
    ['taiwan_permit', '12345678'],
    ['taiwan_permit', '1234567801'],
    ['passport', 'e12345678'],
  ])('%s %s is valid', (type, number) => {
    expect(checkDocumentNumber(type, number)).toMatchObject({ ok: true, number: number.toUpperCase() });
  });

  it.each<[DocumentType, string, string]>([
    ['residence_permit', '11010519491231002X', 'wrong_document_type'],
    ['hk_macao_permit', 'K12345678', 'wrong_characters'],
    ['hk_macao_permit', 'H1234567', 'wrong_length'],
    ['taiwan_permit', '123456789', 'wrong_length'],
    ['passport', 'E-1234567', 'wrong_characters'],
    ['passport', 'E123', 'wrong_length'],
  ])('%s %s is refused: %s', (type, number, problem) => {
    expect(problemOf(type, number)).toBe(problem);
  });

  it.each<[string, DocumentType | undefined]>([
    ['11010519491231002X', 'resident_id'],
    ['820000199408230029', 'residence_permit'],
    ['H12345678', 'hk_macao_permit'],
    ['E12345678', undefined],
    ['12345678', undefined],
  ])('the type of %s is guessed as %s', (number, type) => {
    expect(guessDocumentType(number)).toBe(type);
  });
});

describe('a masked number', () => {
  it.each([
    ['11010519491231002X', '110*************2X'],
    ['H12345678', 'H******78'],
    ['12345678', '1*****78'],
    ['E123', '****'],
    ['', ''],
  ])('%s is shown as %s', (number, masked) => {
    expect(maskDocumentNumber(number)).toBe(masked);
  });
});

it('never throws and always says something in Chinese, whatever is typed', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...DOCUMENT_TYPES),
      fc.string({ unit: 'binary', maxLength: 30 }),
      (type, text) => {
        const check = checkDocumentNumber(type, text);
        return check.ok || /[\u4e00-\u9fff]/.test(check.message);
      },
    ),
  );
});
