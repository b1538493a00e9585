import { checkDocumentNumber, type DocumentType, guessDocumentType } from '../../../shared/domain/documents';
import { AppError } from '../../errors';

/** Mostly digits and about as long: an ID card's number with a slip, not a passport's. */
const NEARLY_AN_ID = /^\d{14,19}[\dXx]?$/;

/** A document number as somebody types it from the document. @throws AppError DOCUMENT_INVALID saying what is wrong */
export function readTypedDocument(text: string): { type: DocumentType; number: string } {
  const likely = NEARLY_AN_ID.test(text.trim()) ? 'resident_id' : 'passport';
  const type = guessDocumentType(text) ?? likely;
  const check = checkDocumentNumber(type, text);
  if (!check.ok) throw new AppError('DOCUMENT_INVALID', { reason: check.message });
  return { type, number: check.number };
}
