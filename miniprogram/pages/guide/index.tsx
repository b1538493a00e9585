import { Text, View } from '@tarojs/components';
import {
  Button,
  Contacts,
  DressRules,
  definePage,
  Icon,
  MakeUp,
  Notice,
  Screen,
  Section,
} from '../../components';
import { copy } from '../../copy';
import { faq } from '../../copy/faq';
import { homeState } from '../../services/home';
import { platform } from '../../services/platform';
import { Question } from './question';
import './index.scss';

const REGISTER = 'https://www.chsi.com.cn';
const words = copy.guide;

/** What the school's notice tells students, in short. */
function Guide() {
  const campaign = homeState().home?.campaign ?? null;
  return (
    <Screen title={words.title}>
      <Notice tone="warn" title={words.consequence.title}>
        <Text>{words.consequence.text}</Text>
      </Notice>
      <Section title={words.steps.title}>
        {words.steps.items.map(({ icon, title, text }, index) => (
          <View key={title} className="guide__step">
            <View className="guide__badge">
              <Icon name={icon} size={22} />
            </View>
            <View className="guide__words">
              <Text className="guide__title">
                {index + 1}. {title}
              </Text>
              <Text className="guide__text">{text}</Text>
            </View>
          </View>
        ))}
      </Section>
      <Section title={words.dress.title}>
        <DressRules />
      </Section>
      <Section title={words.faq.title}>
        {faq.map(({ question, answer }) => (
          <Question key={question} question={question} answer={answer} />
        ))}
      </Section>
      <Section title={words.check.title}>
        <Text className="guide__text">{words.check.text(campaign?.registryOffice ?? '教务处')}</Text>
        <View className="guide__action">
          <Button kind="secondary" onTap={() => void platform.copy(REGISTER)}>
            {words.check.link}
          </Button>
        </View>
      </Section>
      {campaign?.makeUp ? (
        <Section title={words.makeUp.title}>
          <MakeUp makeUp={campaign.makeUp} />
        </Section>
      ) : null}
      {campaign && campaign.contacts.length > 0 ? (
        <Section title={words.contact.title}>
          <Contacts contacts={campaign.contacts} />
        </Section>
      ) : null}
    </Screen>
  );
}

export default definePage(Guide);
