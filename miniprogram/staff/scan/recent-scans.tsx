import { Text, View } from '@tarojs/components';
import { a11y, Icon } from '../../components';
import { staffCopy } from '../copy';
import './recent-scans.scss';
import type { Judged } from './use-scans';

interface RecentScansProps {
  scans: readonly Judged[];
  onShow(judged: Judged): void;
}

/** The last few verdicts: a wrong tap is found again, and taken back. */
export function RecentScans({ scans, onShow }: RecentScansProps) {
  if (scans.length === 0) return null;
  return (
    <View className="recent">
      <Text className="recent__title">{staffCopy.scan.recent}</Text>
      {scans.map((judged) => {
        const { tone, title, person, arrival, admitted } = judged.verdict;
        return (
          <View
            key={judged.at}
            className={`recent__row recent__row--${tone}`}
            {...a11y('button')}
            hoverClass="row--pressed"
            onClick={() => onShow(judged)}
          >
            <View className="recent__mark" />
            <Text className="recent__name">{person?.name ?? '—'}</Text>
            <Text className="recent__what num">
              {title}
              {admitted && arrival?.shotNumber ? ` ${arrival.shotNumber}` : ''}
            </Text>
            <Icon name="chevron" />
          </View>
        );
      })}
    </View>
  );
}
