interface State {
  label?: string;
  checked?: boolean;
  expanded?: boolean;
  disabled?: boolean;
}

/** The semantic role of a drawn element, spelt as WeChat's templates or the browser's elements want it. */
export function a11y(role: string, state: State = {}): Record<string, string> {
  const spelt: Record<string, string> = { [process.env.TARO_ENV === 'h5' ? 'role' : 'ariaRole']: role };
  for (const [name, value] of Object.entries(state)) {
    if (value !== undefined) spelt[`aria${name.charAt(0).toUpperCase()}${name.slice(1)}`] = String(value);
  }
  return spelt;
}

/** For drawings that the words beside them repeat. */
export const decorative: Record<string, string> = { ariaHidden: 'true' };
