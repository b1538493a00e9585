/** On a phone there is nothing to play: WeChat is real. */
export async function mountDemo(): Promise<void> {}
