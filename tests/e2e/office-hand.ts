import type { Locator, Page } from 'playwright-core';

/** To see where to go and to get there with the mouse. */
const CLICK_MS = 1_000;
/** Five characters a second. */
const KEY_MS = 200;

/** Somebody at a desk who is used to Excel: a second a click, five characters a second; pasting is a click. */
export class OfficeHand {
  private readonly begun = Date.now();

  constructor(readonly page: Page) {}

  /** Since the work began, the waiting for the console included. */
  get minutes(): number {
    return (Date.now() - this.begun) / 60_000;
  }

  press(name: string | RegExp): Promise<void> {
    return this.click(this.page.getByRole('button', { name, exact: true }).last());
  }

  menu(name: string): Promise<void> {
    return this.click(this.page.getByRole('menuitem', { name }));
  }

  async type(field: string, text: string, nth = 0): Promise<void> {
    const input = this.field(field, nth);
    await this.click(input);
    await input.press('Control+A');
    await input.pressSequentially(text, { delay: KEY_MS });
  }

  /** Dates and hours have a picker of their own in the browser. */
  async pick(field: string, value: string, nth = 0): Promise<void> {
    const input = this.field(field, nth);
    await this.click(input);
    await input.fill(value);
  }

  async paste(field: string, text: string): Promise<void> {
    const input = this.field(field, 0);
    await this.click(input);
    await input.fill(text);
  }

  async sees(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).locator('visible=true').first().waitFor();
  }

  async click(target: Locator): Promise<void> {
    await target.waitFor();
    await this.page.waitForTimeout(CLICK_MS);
    await target.click();
  }

  private field(label: string, nth: number): Locator {
    return this.page.getByLabel(label, { exact: true }).locator('visible=true').nth(nth);
  }
}
