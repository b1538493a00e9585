import { compact } from './text';

/** A room as people find it: 逸夫楼 + C区202. The building may be empty when the text does not name one. */
export interface Place {
  building: string;
  room: string;
}

/** Reads `逸夫楼C区202`, `地点：逸夫楼 C区 202 教室`, `体育馆一楼大厅`; undefined when the text names no place. */
export function readPlace(text: string): Place | undefined {
  if (text.length > LONGEST_PLACE) return undefined;
  const written = compact(text).replace(/^(采集|拍摄)?(地点|地址|教室|场地)[:：]?/, '');
  const building = /^.*?(?:楼|馆|大厦|中心|礼堂|食堂|[栋幢])(?=.)/.exec(written)?.[0] ?? '';
  const room = written.slice(building.length).replace(/教室$/, '');
  return isRoom(room) ? { building, room } : undefined;
}

/** Whether two texts can mean the same room; an unnamed building contradicts nothing. */
export function isSamePlace(one: Place, other: Place): boolean {
  const sameBuilding = one.building === '' || other.building === '' || one.building === other.building;
  return sameBuilding && one.room === other.room;
}

const LONGEST_PLACE = 40;

function isRoom(room: string): boolean {
  if (/[:年月日]|星期/.test(room)) return false;
  return /^(.{1,12}区)?[A-Z]?-?\d{2,5}[A-Z]?室?$/i.test(room) || /(室|厅|馆|中心|操场|教室)$/.test(room);
}
