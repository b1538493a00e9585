import type { Blob } from './blobs';

/** A picture as a page can show it without another request. */
export const dataUrl = ({ contentType, bytes }: Pick<Blob, 'contentType' | 'bytes'>): string =>
  `data:${contentType};base64,${bytes.toString('base64')}`;
