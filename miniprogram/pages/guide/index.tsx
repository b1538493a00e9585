import { Text, View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { Fragment, type ReactNode } from 'react';
import {
  CONSEQUENCE,
  checkPhotoAdvice,
  type GuideFacts,
  guideAnswers,
  guideSteps,
} from '../../../shared/domain/student-guide';
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
import { useHome } from '../../hooks/use-home';
import type { GuidePart } from '../../services/navigation';
import { platform } from '../../services/platform';
import type { CampaignView, HomeView } from '../../services/types';
import { MakeUpNow } from './make-up-now';
import { Question } from './question';
import { SayChecked } from './say-checked';
import './index.scss';

const words = copy.guide;
const REFUND_WORKING_DAYS = 3;
const CHECK_AFTER_DAYS = 40;
const USUAL_LINE_UP_MINUTES = 15;

/** What the school's notice tells students, in short. */
function Guide() {
  const { home } = useHome();
  const campaign = home?.campaign ?? null;
  const facts = factsOf(campaign);
  const asked = useRouter().params.part;
  const parts: [GuidePart, ReactNode][] = [
    ['steps', <Steps key="steps" facts={facts} />],
    [
      'dress',
      <Section key="dress" title={words.dress.title}>
        <DressRules />
      </Section>,
    ],
    [
      'questions',
      <Section key="questions" title={words.faq.title}>
        {guideAnswers(facts).map(({ key, question, answer }) => (
          <Question key={key} question={question} answer={answer} />
        ))}
      </Section>,
    ],
    ['check', <Check key="check" facts={facts} home={home} />],
    [
      'make-up',
      campaign?.makeUp ? (
        <Section key="make-up" title={words.makeUp.title}>
          <MakeUpNow campaignId={campaign.id} />
          <MakeUp makeUp={campaign.makeUp} />
        </Section>
      ) : null,
    ],
    [
      'contact',
      campaign && campaign.contacts.length > 0 ? (
        <Section key="contact" title={words.contact.title}>
          <Contacts contacts={campaign.contacts} />
        </Section>
      ) : null,
    ],
  ];
  // Who comes with a question finds its answer first.
  const first = parts.filter(([part]) => part === asked);
  const rest = parts.filter(([part]) => part !== asked);
  return (
    <Screen title={words.title}>
      {first.map(([part, content]) => (
        <Fragment key={part}>{content}</Fragment>
      ))}
      <View className="guide__consequence">
        <Notice tone="warn" title={words.consequence.title}>
          <Text>{CONSEQUENCE}</Text>
        </Notice>
      </View>
      {rest.map(([part, content]) => (
        <Fragment key={part}>{content}</Fragment>
      ))}
    </Screen>
  );
}

function Steps({ facts }: { facts: GuideFacts }) {
  return (
    <Section title={words.steps.title}>
      {guideSteps(facts).map(({ key, title, lines }, index) => (
        <View key={key} className="guide__step">
          <View className="guide__badge">
            <Icon name={words.steps.icons[key]} size={22} />
          </View>
          <View className="guide__words">
            <Text className="guide__title">
              {index + 1}. {title}
            </Text>
            {lines.map((line) => (
              <Text key={line} className="guide__line">
                {line}
              </Text>
            ))}
          </View>
        </View>
      ))}
    </Section>
  );
}

function Check({ facts, home }: { facts: GuideFacts; home: HomeView | null }) {
  const { lines, link } = checkPhotoAdvice(facts);
  return (
    <Section title={words.check.title}>
      {lines.map((line) => (
        <Text key={line} className="guide__line">
          {line}
        </Text>
      ))}
      <View className="guide__action">
        <Button id="copy-link" kind="secondary" onTap={() => void platform.copy(link)}>
          {words.check.link}
        </Button>
      </View>
      {home ? <SayChecked home={home} /> : null}
    </Section>
  );
}

function factsOf(campaign: CampaignView | null): GuideFacts {
  const supportPhone = campaign?.contacts.at(-1)?.phone;
  return {
    lineUpLeadMinutes: campaign?.rules.lineUpLeadMinutes ?? USUAL_LINE_UP_MINUTES,
    refundWorkingDays: REFUND_WORKING_DAYS,
    checkAfterDays: CHECK_AFTER_DAYS,
    registryOffice: campaign?.registryOffice ?? words.registryOffice,
    ...(supportPhone && { supportPhone }),
  };
}

export default definePage(Guide);
