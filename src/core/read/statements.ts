/**
 * Readable lines → statements: walks the text once and knows which question is open (`domain.md` §8.6).
 * Longer than most files, because the rules on where an answer ends are best read in one place.
 */
import type { Policy } from '../policy.ts';
import { type Box, readBox, tickedText } from './boxes.ts';
import { fold } from './fold.ts';
import {
  indentOf,
  type KeyedLine,
  listIndent,
  readKeyedLine,
  withoutMarker,
} from './keyed-line.ts';
import type { SourceLine } from './lines.ts';
import { matchLabel } from './match.ts';
import { perObject } from './memo.ts';
import { plainText } from './plain.ts';
import { splitSayings } from './sayings.ts';
import type { Statement, Unplaced } from './statement.ts';
import { readTable, tableLength } from './tables.ts';

export interface Statements {
  readonly statements: readonly Statement[];
  readonly unplaced: readonly Unplaced[];
}

/** A question that has been named and takes in what follows. */
interface Open {
  readonly base: Omit<Statement, 'text' | 'hints' | 'notApplicable'>;
  /** `heading`: up to the next known heading; `key`: what is indented deeper, or the next lines when nothing stood beside it. */
  readonly reach: 'heading' | 'key' | 'quote';
  readonly indent: number;
  readonly lines: string[];
  readonly hints: string[];
  readonly boxes: Box[];
  /** The answer is prose or a list of it: what follows closely may go on with it. */
  readonly prose: boolean;
  /** The answer below the key is a list. */
  listed: boolean;
  blanks: number;
}

const atx = /^\s{0,3}#{1,6}\s*(.*?)\s*#*\s*$/u;
const boldLine = /^\s*(?:\*\*|__)([^*_]{2,200})(?:\*\*|__)\s*[:：]?\s*$/u;
const rule = /^\s*(?:-{3,}|={3,}|\*{3,}|_{3,})\s*$/u;
/** "Q: " and "A: ", in whatever language. */
const askedMark = /^\p{Lu}\s*[:：]\s+/u;
/** What looks like an answer although nobody knows the question. */
const looksKeyed = /^(?:\*\*|__)?[\p{L}][^:：|]{2,80}(?:\*\*|__)?\s*[:：]\s*(?:\*\*|__)?\s*\S/u;

const sectionTitles = perObject(
  (policy: Policy): ReadonlySet<string> =>
    new Set(policy.templates.flatMap(({ sections }) => sections.map(({ title }) => fold(title)))),
);

export function readStatements(lines: readonly SourceLine[], policy: Policy): Statements {
  const walk = new Walk(policy);
  let tables = 0;
  for (let at = 0; at < lines.length; ) {
    const length = tableLength(lines, at);
    if (length > 0) {
      walk.close();
      walk.take(readTable(lines.slice(at, at + length), tables++, policy));
      at += length;
      continue;
    }
    const line = lines[at];
    if (line) walk.read(line, lines[at + 1]);
    at += 1;
  }
  walk.close();
  return { statements: walk.statements, unplaced: walk.unplaced };
}

class Walk {
  readonly statements: Statement[] = [];
  readonly unplaced: Unplaced[] = [];
  private readonly policy: Policy;
  private open: Open | null = null;
  /** Whether the line before ended a paragraph. */
  private fresh = true;

  constructor(policy: Policy) {
    this.policy = policy;
  }

  take({ statements, unplaced }: Statements): void {
    for (const statement of statements) this.statements.push(statement);
    for (const each of unplaced) this.unplaced.push(each);
  }

  read(line: SourceLine, next: SourceLine | undefined): void {
    const fresh = this.fresh;
    this.fresh = line.kind !== 'text';
    if (line.kind === 'blank') {
      this.blank(line);
      return;
    }
    if (line.kind === 'quote') {
      this.quote(line);
      return;
    }
    if (line.kind === 'end') {
      this.close();
      return;
    }
    if (line.kind === 'summary') {
      if (!this.heading(plainText(line.text), line)) this.close();
      return;
    }
    const title = headingOf(line, next);
    if (title !== null && this.heading(title, line)) return;
    if (rule.test(line.text)) {
      this.endOfBlock();
      return;
    }
    const box = readBox(line.text);
    if (box) {
      this.box(box, line);
      return;
    }
    const keyed = title === null ? readKeyedLine(line.text, this.policy) : null;
    if (keyed && this.belongs(keyed, line)) {
      this.text(line);
      return;
    }
    const sayings = this.open?.reach === 'heading' ? null : splitSayings(line.text, this.policy);
    if (sayings) {
      for (const text of sayings) this.read({ ...line, text }, undefined);
    } else if (keyed) this.key(keyed, line);
    else if (!(fresh && this.labelAlone(line, next))) this.text(line);
  }

  /** "Segment" on a line of its own with the answer right below, as forms are copied. */
  private labelAlone(line: SourceLine, next: SourceLine | undefined): boolean {
    if (this.open || next?.kind !== 'text' || listIndent(line.text) !== null) return false;
    const label = plainText(line.text).replace(askedMark, '');
    const match = matchLabel(label, this.policy);
    if (!match?.exact || readKeyedLine(next.text, this.policy)) return false;
    if (matchLabel(plainText(next.text), this.policy)?.exact) return false;
    const base = { field: match.field, label, kind: 'line', line: line.n } as const;
    this.begin(base, 'key', indentOf(line.text), line);
    return true;
  }

  /** Closes the open question and notes what was said. */
  close(): void {
    const open = this.open;
    this.open = null;
    if (!open) return;
    const { boxes, hints, base } = open;
    const ticked = tickedText(boxes);
    const struck =
      boxes.length > 0 && ticked === '' && boxes.every(({ mark }) => mark === 'struck');
    const text = [...open.lines, ...(ticked === '' ? [] : [ticked])].join('\n').trim();
    const kind = boxes.length > 0 ? 'checkbox' : base.kind;
    this.statements.push({
      ...base,
      kind,
      text,
      hints,
      ...(struck ? { notApplicable: true } : {}),
    });
  }

  private begin(base: Open['base'], reach: Open['reach'], indent: number, line: SourceLine): void {
    this.close();
    const type = this.policy.questionById.get(base.field)?.type;
    const prose = type === 'text' || type === 'list';
    const empty = { lines: [], hints: [...line.hints], boxes: [], listed: false, blanks: 0 };
    this.open = { base, reach, indent, prose, ...empty };
  }

  /** True when the heading was understood: it opened a question or closed one. */
  private heading(title: string, line: SourceLine): boolean {
    const keyed = matchLabel(title, this.policy);
    const withAnswer = keyed?.exact ? null : readKeyedLine(title, this.policy);
    if (withAnswer?.exact && withAnswer.text !== '') {
      this.key(withAnswer, line);
      return true;
    }
    if (keyed && (keyed.exact || !this.open)) {
      const base = { field: keyed.field, label: title, kind: 'heading', line: line.n } as const;
      this.begin(base, 'heading', 0, line);
      return true;
    }
    if (this.open?.reach !== 'heading' || sectionTitles(this.policy).has(fold(title))) {
      this.close();
      return true;
    }
    return false;
  }

  /** Inside a heading's answer only a question's own words begin a new one. */
  private belongs(keyed: KeyedLine, line: SourceLine): boolean {
    if (!this.open) return false;
    if (this.open.reach === 'heading') return !keyed.exact;
    const deeper = indentOf(line.text) > this.open.indent;
    return deeper && !keyed.exact;
  }

  private key(keyed: KeyedLine, line: SourceLine): void {
    const { field, label, text, bullet } = keyed;
    const kind = bullet ? 'bullet' : 'line';
    this.begin({ field, label, kind, line: line.n }, 'key', indentOf(line.text), line);
    if (text !== '') this.open?.lines.push(text);
  }

  private box(box: Box, line: SourceLine): void {
    if (
      this.open &&
      this.open.reach !== 'quote' &&
      (this.open.lines.length === 0 || this.open.boxes.length > 0)
    ) {
      this.open.boxes.push(box);
      this.open.blanks = 0;
      return;
    }
    const keyed = readKeyedLine(box.text, this.policy);
    if (keyed && keyed.text !== '') {
      this.key({ ...keyed, bullet: true }, line);
      return;
    }
    const match = matchLabel(box.text, this.policy);
    const question = match ? this.policy.questionById.get(match.field) : undefined;
    if (match?.exact && question?.type === 'yes_no') {
      this.close();
      const text = box.mark === 'ticked' ? 'yes' : '';
      const base = { field: match.field, label: box.text, kind: 'checkbox', line: line.n } as const;
      this.statements.push({ ...base, text, hints: line.hints });
    }
  }

  private quote(line: SourceLine): void {
    if (this.open?.reach === 'heading') return;
    this.close();
    const match = matchLabel(plainText(line.text), this.policy);
    if (match?.exact) {
      const base = { field: match.field, label: line.text, kind: 'line', line: line.n } as const;
      this.begin(base, 'quote', 0, line);
    }
  }

  private blank(line: SourceLine): void {
    const open = this.open;
    if (!open) return;
    open.hints.push(...line.hints);
    open.blanks += 1;
    if (open.reach === 'heading') {
      if (open.lines.length > 0) open.lines.push('');
    } else if (open.lines.length > 0 || open.boxes.length > 0) this.close();
  }

  private endOfBlock(): void {
    if (this.open?.reach !== 'heading') this.close();
    else this.open.lines.push('');
  }

  private text(line: SourceLine): void {
    const open = this.open;
    if (open && this.reaches(open, line)) {
      const said = withoutHeadingMark(line.text.trim());
      if (open.lines.length === 0) open.listed = listIndent(line.text) !== null;
      open.lines.push(open.reach === 'key' ? said.replace(askedMark, '') : said);
      open.hints.push(...line.hints);
      open.blanks = 0;
      return;
    }
    if (open) this.close();
    const body = withoutMarker(line.text);
    if (looksKeyed.test(body) && !/^\S{0,12}:\/\//u.test(body) && body.length < 300) {
      this.unplaced.push({ line: line.n, text: plainText(body) });
    }
  }

  private reaches(open: Open, line: SourceLine): boolean {
    const deeper = indentOf(line.text) > open.indent;
    if (open.boxes.length > 0) return deeper;
    if (open.reach === 'heading') return true;
    if (open.reach === 'quote') return open.lines.length === 0 || open.blanks === 0;
    if (deeper) return true;
    const item = listIndent(line.text) !== null;
    const ownList = item && open.base.kind === 'line';
    if (looksKeyed.test(withoutMarker(line.text)) && !(ownList && open.prose)) return false;
    // Nothing stood beside the key: its list, or the line right below.
    if (open.lines.length === 0) return ownList ? open.blanks <= 1 : !item && open.blanks === 0;
    if (open.blanks > 0) return false;
    return item ? ownList && (open.listed || open.prose) : open.prose;
  }
}

function withoutHeadingMark(text: string): string {
  return text.replace(/^#{1,6}\s+/u, '');
}

function headingOf(line: SourceLine, next: SourceLine | undefined): string | null {
  if (line.kind !== 'text') return null;
  const title = atx.exec(line.text)?.[1] ?? boldLine.exec(line.text)?.[1];
  if (title !== undefined) return plainText(title);
  const underlined = next?.kind === 'text' && /^\s{0,3}(?:=+|-{3,})\s*$/u.test(next.text);
  return underlined && line.text.trim() !== '' && listIndent(line.text) === null
    ? plainText(line.text)
    : null;
}
