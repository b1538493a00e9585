/** On a phone there is nothing to play: WeChat is real. */
export function mountDemo(): void {}
