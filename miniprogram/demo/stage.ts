import type { MessageKind } from '../../shared/domain/messages';
import type { PhotoSubject } from '../services/platform/platform';

/** A question that the demo asks its viewer in place of WeChat. */
export type Question =
  | { kind: 'cashier'; payer: string }
  | { kind: 'photo'; holder: string; what: PhotoSubject }
  | { kind: 'messages'; asked: readonly MessageKind[] };

interface Asked {
  question: Question;
  answer(choice: string): void;
}

type Listener = (asked: Asked | null) => void;

let asked: Asked | null = null;
let listener: Listener = () => undefined;

/** Connects the platform, which asks, with the demo's own little interface, which shows. */
export const stage = {
  ask<Choice extends string>(question: Question): Promise<Choice> {
    return new Promise((resolve) => {
      asked = {
        question,
        answer(choice) {
          asked = null;
          listener(null);
          resolve(choice as Choice);
        },
      };
      listener(asked);
    });
  },
  show(newListener: Listener): void {
    listener = newListener;
    listener(asked);
  },
};
