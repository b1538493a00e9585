import type { CampaignAdminView, RowProblem, TimetablePreview } from '../../../../shared/contract/campaigns';
import { readMajor } from '../../../../shared/domain/majors';
import { checkNotice } from '../../../../shared/domain/notice-check';

const MIN_SECONDS_PER_STUDENT = 15;

/**
 * Where timetable and campaign contradict each other: the service's findings, and those of the same rules on the
 * campaign's facts. A finding that both make is shown once.
 */
export function findingsOf(preview: TimetablePreview, campaign: CampaignAdminView): RowProblem[] {
  const own = checkNotice(factsOf(campaign), checkedRows(preview)).map(
    ({ line = 0, code, severity, message, room = '' }): RowProblem => ({
      line,
      column: '',
      severity,
      code,
      message,
      text: room,
    }),
  );
  const known = new Set(preview.findings.map(({ code, line }) => `${code} ${line}`));
  return [...preview.findings, ...own.filter(({ code, line }) => !known.has(`${code} ${line}`))];
}

const factsOf = ({ collectionDays, rooms, rules, contacts }: CampaignAdminView) => ({
  collectionDays,
  rooms,
  minSecondsPerStudent: MIN_SECONDS_PER_STUDENT,
  rules: {
    studentsChooseSession: rules.allowOtherSessions,
    ownSessionOnly: !rules.allowOtherSessions,
    onSiteNeedsOriginalId: true,
    lostIdBooksOnSite: true,
    // On-site booking records a temporary ID card or a student card with the counsellor's word as evidence.
    otherEvidenceOnSite: true,
  },
  supportPhone: contacts.find(({ label }) => label.includes('客服'))?.phone ?? '',
  dates: [],
  earlyGraduates: { placement: 'with_same_major', counted: false } as const,
  secondDegree: { placement: 'with_same_major', counted: false } as const,
});

const checkedRows = ({ rows }: TimetablePreview) =>
  rows.map((row) => {
    const { name, direction } = readMajor(row.major);
    return { ...row, majorName: name, direction };
  });
