import { Text } from '@tarojs/components';
import { Button, EmptyState } from '../../components';
import { copy } from '../../copy';
import { replaceWithEnrolment } from '../../services/navigation';

export function Done() {
  return (
    <EmptyState icon="check" title={copy.verify.done.title}>
      <Text className="verify__lead">{copy.verify.done.lead}</Text>
      <Button id="to-enrolment" onTap={replaceWithEnrolment}>
        {copy.verify.done.go}
      </Button>
    </EmptyState>
  );
}
