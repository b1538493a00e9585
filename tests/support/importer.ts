import type { AnswerOf } from '../../server/console/api/send';
import type { ApiClient } from '../../server/demo/api-client';
import { eventually } from './stack';

type Kind = 'timetable' | 'roster';
type Opened = AnswerOf<'POST /api/console/campaigns/:id/imports'>;
type Preview = AnswerOf<'POST /api/console/imports/:id/preview'>;

/** The steps of an import as the console takes them. */
export function importer(office: ApiClient, campaignId: string) {
  const params = (id: string) => ({ params: { id } });
  const steps = {
    upload: (kind: Kind, bytes: Buffer | string, name = '表.xlsx'): Promise<Opened> =>
      office.upload('POST /api/console/campaigns/:id/imports', { kind }, new File([bytes], name), {
        id: campaignId,
      }),
    paste: (kind: Kind, text: string): Promise<Opened> =>
      office.call('POST /api/console/campaigns/:id/imports/pasted', {
        params: { id: campaignId },
        body: { kind, text },
      }),
    preview: (opened: Opened, changes: object = {}): Promise<Preview> =>
      office.call('POST /api/console/imports/:id/preview', {
        ...params(opened.import.id),
        body: { layout: { ...opened.sheet.layout, ...changes } },
      }),
    commit: (opened: Opened, { fingerprint }: { fingerprint: string }) =>
      office.call('POST /api/console/imports/:id/commit', {
        ...params(opened.import.id),
        body: { fingerprint },
      }),
    annotated: (opened: Opened) =>
      office.download('GET /api/console/imports/:id/annotated', params(opened.import.id)),
    /** Once it is no longer being written. */
    ended: (id: string, { withinMs = 15_000 } = {}) =>
      eventually(
        'the import ends',
        async () => {
          const found = await office.call('GET /api/console/imports/:id', params(id));
          return found.state === 'running' ? null : found;
        },
        { withinMs, everyMs: 500 },
      ),
    async roster(opened: Opened) {
      const preview = await steps.preview(opened);
      if (preview.kind !== 'roster') throw new Error('this is no roster');
      return preview;
    },
    async timetable(opened: Opened) {
      const preview = await steps.preview(opened);
      if (preview.kind !== 'timetable') throw new Error('this is no timetable');
      return preview;
    },
  };
  return steps;
}
