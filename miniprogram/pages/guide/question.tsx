import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { a11y, Icon } from '../../components';

export function Question({ question, answer }: { question: string; answer: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <View className={`question${isOpen ? ' question--open' : ''}`}>
      <View
        className="question__head"
        {...a11y('button', { expanded: isOpen })}
        onClick={() => setOpen((before) => !before)}
      >
        <Text className="question__words">{question}</Text>
        <Icon name="chevron" size={16} />
      </View>
      {isOpen ? <Text className="question__answer">{answer}</Text> : null}
    </View>
  );
}
