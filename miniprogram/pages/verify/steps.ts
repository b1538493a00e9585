/** One question a screen, in this order. */
export const STEPS = ['consents', 'front', 'back', 'identity', 'bankCard', 'phone'] as const;
export type Step = (typeof STEPS)[number];

export const nextStep = (step: Step): Step => STEPS[STEPS.indexOf(step) + 1] ?? step;
export const stepBefore = (step: Step): Step | undefined => STEPS[STEPS.indexOf(step) - 1];
