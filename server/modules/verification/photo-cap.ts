const DAY_MINUTES = 24 * 60;

/**
 * What photos are called where they are kept, and after how many days the database ends them, whatever becomes of the
 * student. A proof for a correction waits for a person of the office, over holidays too; it goes with the answer.
 */
export const PHOTO_CAP_DAYS = {
  'id-photo-front': 7,
  'id-photo-back': 7,
  evidence: 7,
  'correction-proof': 30,
} as const;
export type PhotoKind = keyof typeof PHOTO_CAP_DAYS;

export const PHOTO_KINDS: readonly PhotoKind[] = [
  'id-photo-front',
  'id-photo-back',
  'evidence',
  'correction-proof',
];

export const photoCapMinutes = (kind: PhotoKind): number => PHOTO_CAP_DAYS[kind] * DAY_MINUTES;
