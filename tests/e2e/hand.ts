import type { Page } from 'playwright-core';
import { scanCode } from './phone';

const TAP_MS = 1_000;
const KEY_MS = 1_000 / 3;

/**
 * One hand on a phone: a second a tap, three characters a second. It finds things by the words on the screen, and
 * counts what it does and how long a person would have taken.
 */
export class Hand {
  taps = 0;
  private begun = Date.now();

  constructor(private readonly page: Page) {}

  /** Since the hand was made, the waiting for the app included. */
  get seconds(): number {
    return (Date.now() - this.begun) / 1000;
  }

  async tap(words: string | RegExp): Promise<void> {
    const target = this.find(words, true);
    await target.waitFor();
    await this.page.waitForTimeout(TAP_MS);
    await target.click();
    this.taps += 1;
  }

  async type(field: string, text: string): Promise<void> {
    const input = this.page.locator(`[data-field="${field}"]:visible input`).last();
    await input.waitFor();
    await input.pressSequentially(text, { delay: KEY_MS });
  }

  see(words: string | RegExp): Promise<void> {
    return this.find(words, false).waitFor();
  }

  scan(): Promise<string> {
    return scanCode(this.page);
  }

  /** Pages that are covered stay in the document: only what is visible counts, and of that the uppermost. */
  private find(words: string | RegExp, exact: boolean) {
    return this.page.getByText(words, { exact }).locator('visible=true').last();
  }
}
