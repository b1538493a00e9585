/** Where a phone keeps its session tokens. */
export const TOKEN_KEYS = { student: 'session.student', staff: 'session.staff' } as const;
