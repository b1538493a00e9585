/** What a campaign cannot be shown without. */
export interface Announceable {
  feeBasis: string;
  place: string;
  rooms: readonly string[];
  collectionDays: readonly unknown[];
}

/** What is still missing, by field; none when students may see the campaign. */
export function campaignGaps(campaign: Announceable): { field: keyof Announceable; name: string }[] {
  const { feeBasis, place, rooms, collectionDays } = campaign;
  const gaps = [
    { field: 'feeBasis', name: '收费依据', isMissing: feeBasis === '' },
    { field: 'place', name: '地点', isMissing: place === '' },
    { field: 'rooms', name: '教室', isMissing: rooms.length === 0 },
    { field: 'collectionDays', name: '采集日', isMissing: collectionDays.length === 0 },
  ] as const;
  return gaps.filter(({ isMissing }) => isMissing).map(({ field, name }) => ({ field, name }));
}
