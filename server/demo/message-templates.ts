import type { Templates } from '../modules/notifications/templates';

/** The demo's message templates, as a school would apply for them in WeChat's console. */
export const DEMO_TEMPLATES: Required<Templates> = {
  opening: { id: 'demo-opening', fields: { thing1: 'campaign', date2: 'time', thing3: 'note' } },
  booked: {
    id: 'demo-booked',
    fields: { thing1: 'campaign', date2: 'time', thing3: 'place', amount4: 'amount', thing5: 'note' },
  },
  day_before: { id: 'demo-day_before', fields: { date1: 'time', thing2: 'place', thing3: 'note' } },
  moved: { id: 'demo-moved', fields: { date1: 'time', thing2: 'place', thing3: 'note' } },
  refunded: {
    id: 'demo-refunded',
    fields: { thing1: 'campaign', amount2: 'amount', date3: 'time', thing4: 'note' },
  },
  photo_check: { id: 'demo-photo_check', fields: { thing1: 'campaign', date2: 'time', thing3: 'note' } },
  announcement: { id: 'demo-announcement', fields: { thing1: 'campaign', thing2: 'note', date3: 'time' } },
};
