import { Text } from '@tarojs/components';
import { copy } from '../copy';
import { Button } from './button';
import { Notice } from './notice';

const words = copy.verify.reviewAnswer;

interface ReviewAnswerProps {
  answer: string | null | undefined;
  /** The way to send the document again, where this is another page. */
  onAgain?(): void;
}

/** Why the office refused the document that was sent last: seen while the next one is prepared. */
export function ReviewAnswer({ answer, onAgain }: ReviewAnswerProps) {
  if (!answer) return null;
  return (
    <Notice tone="warn" title={words.title}>
      <Text className="notice__answer">{answer}</Text>
      {onAgain ? (
        <Button id="document-again" kind="secondary" small onTap={onAgain}>
          {words.other}
        </Button>
      ) : null}
    </Notice>
  );
}
