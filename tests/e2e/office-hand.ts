import type { Locator, Page } from 'playwright-core';
import { PATIENCE_MS } from '../support/browser';

const TAP_MS = 1_000;
const KEY_MS = 1_000 / 3;

/** What people at their desks have done, on all screens together. */
export interface Effort {
  taps: number;
  keys: number;
}

/**
 * Somebody at a desk who has never seen the console: a second a tap, three characters a second; pasting and handing over
 * a file are a tap. Finds things by the words on the screen.
 */
export class OfficeHand {
  private readonly begun = Date.now();

  constructor(
    readonly page: Page,
    readonly effort: Effort = { taps: 0, keys: 0 },
  ) {}

  /** Since this hand began, the waiting for the console included. */
  get minutes(): number {
    return (Date.now() - this.begun) / 60_000;
  }

  press(name: string | RegExp): Promise<void> {
    return this.click(this.page.getByRole('button', { name, exact: true }).locator('visible=true').last());
  }

  menu(name: string): Promise<void> {
    return this.click(this.page.getByRole('menuitem', { name }));
  }

  tab(name: string): Promise<void> {
    return this.click(this.page.getByRole('tab', { name }));
  }

  /** A word on the screen that is not a button: a suggestion, a filter, a line. */
  word(text: string | RegExp): Promise<void> {
    return this.click(this.page.getByText(text, { exact: true }).locator('visible=true').last());
  }

  /** A button in the bubble that asks once more. */
  agree(name: string): Promise<void> {
    return this.click(this.page.locator('.ant-popconfirm:visible').getByRole('button', { name }));
  }

  row(words: string): Locator {
    return this.page.getByRole('row').filter({ hasText: words });
  }

  async type(field: string, text: string, nth = 0): Promise<void> {
    const input = this.field(field, nth);
    await this.click(input);
    await input.press('Control+A');
    await this.keys(input, text);
  }

  /** Dates and hours are typed; Enter takes them and closes the calendar. */
  async pick(field: string, value: string, nth = 0): Promise<void> {
    const input = this.field(field, nth);
    await this.click(input);
    await input.press('Control+A');
    await this.keys(input, value);
    await this.enter();
  }

  /** From a list that is searched by typing: the first that fits. */
  async choose(field: string, words: string): Promise<void> {
    const box = this.page.getByRole('combobox', { name: field });
    await this.click(box);
    await this.keys(box, words);
    const fitting =
      '.ant-select-dropdown:visible .ant-select-item-option:not(.ant-select-item-option-disabled)';
    await this.click(this.page.locator(fitting).filter({ hasText: words }).first());
  }

  async paste(field: string, text: string): Promise<void> {
    const input = this.field(field, 0);
    await this.click(input);
    await input.fill(text);
  }

  async enter(): Promise<void> {
    this.effort.keys += 1;
    await this.page.keyboard.press('Enter');
  }

  async sees(text: string | RegExp, timeout = PATIENCE_MS): Promise<void> {
    await this.page.getByText(text).locator('visible=true').first().waitFor({ timeout });
  }

  async click(target: Locator): Promise<void> {
    await target.waitFor();
    await this.page.waitForTimeout(TAP_MS);
    await target.click();
    this.effort.taps += 1;
  }

  private async keys(input: Locator, text: string): Promise<void> {
    await input.pressSequentially(text, { delay: KEY_MS });
    this.effort.keys += text.length;
  }

  private field(label: string, nth: number): Locator {
    return this.page.getByLabel(label, { exact: true }).locator('visible=true').nth(nth);
  }
}
