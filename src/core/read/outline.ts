/** The headings above the place that is being read: which section of the text it belongs to. */
import type { Section } from './statement.ts';

/** Deeper than any heading of Markdown. */
export const BOLD_LEVEL = 7;
export const SUMMARY_LEVEL = 8;

export class Outline {
  private open: { readonly level: number; readonly title: string }[] = [];
  section: Section = { titles: [] };

  /** The nearest heading, '' when there is none. */
  get title(): string {
    return this.section.titles[0] ?? '';
  }

  /** The nearest heading of a higher level, '' when there is none. */
  above(level: number): string {
    return this.open.findLast((each) => each.level < level)?.title ?? '';
  }

  /** A heading closes those of its level and below. */
  enter(title: string, level: number): void {
    this.open = [...this.open.filter((each) => each.level < level), { level, title }];
    this.renew();
  }

  /** A heading that is a question: what stood under others of its level is over, and nothing new begins. */
  leave(level: number): void {
    if (this.open.every((each) => each.level < level)) return;
    this.open = this.open.filter((each) => each.level < level);
    this.renew();
  }

  /** What stood in a `<details>` is over. */
  leaveSummary(): void {
    if (this.open.at(-1)?.level !== SUMMARY_LEVEL) return;
    this.open = this.open.slice(0, -1);
    this.renew();
  }

  private renew(): void {
    this.section = { titles: this.open.map(({ title }) => title).reverse() };
  }
}
