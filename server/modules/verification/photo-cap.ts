/** No photo of a document stays longer than this, whatever becomes of the student: the database ends it. */
export const PHOTO_CAP_DAYS = 7;
export const PHOTO_CAP_MINUTES = PHOTO_CAP_DAYS * 24 * 60;

/** What photos are called where they are kept. */
export const PHOTO_KINDS = ['id-photo-front', 'id-photo-back', 'evidence'] as const;
