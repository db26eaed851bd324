/**
 * Walks the lines of a text once and knows which question is open (`domain.md` §8.6).
 * Longer than most files, because the rules on where an answer ends are best read in one place.
 */
import type { Policy } from '../policy.ts';
import { hasAnchor, readAnchor, withoutAnchors } from './anchors.ts';
import { parseAnswer } from './answer.ts';
import { withoutAskedMark } from './asked-marks.ts';
import { bareStatements, bareValues, pairedValues } from './bare.ts';
import { type Box, readBox, tickedText } from './boxes.ts';
import { isSpoken } from './gist.ts';
import { groupsNamed, isSectionTitle, isTitle } from './groups.ts';
import { type Heading, headingOf, isAnchorAlone } from './headings.ts';
import {
  indentOf,
  type KeyedLine,
  listIndent,
  readKeyedLine,
  withoutMarker,
} from './keyed-line.ts';
import { type LabelMatch, matchAmong, matchBelow, matchLabel } from './match.ts';
import { Outline, SUMMARY_LEVEL } from './outline.ts';
import { plainText } from './plain.ts';
import { sharedLabels, splitSayings } from './sayings.ts';
import type { SourceLine } from './source-line.ts';
import { readSentences } from './stated.ts';
import { type Asked, askedBy, type Section, type Statement, type Unplaced } from './statement.ts';
import { lostBelow, mayAsk, type Strange } from './strange.ts';
import type { TableRead } from './tables.ts';
import { isMailHeader, looksKeyed, looksLikeAnswer, MOST_UNPLACED, splitKey } from './unplaced.ts';

/** A question that has been named and takes in what follows. */
interface Open {
  readonly base: Asked;
  readonly section: Section;
  /** `heading`: up to the next known heading; `key`: what is indented deeper, or the next lines when nothing stood beside it. */
  readonly reach: 'heading' | 'key' | 'quote';
  /** Of the heading that asks. */
  readonly level: number;
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

/** Above every heading: what no heading asks ends at none. */
const lowest = 0;
const rule = /^\s*(?:-{3,}|={3,}|\*{3,}|_{3,})\s*$/u;
/** Whether words can answer a question does not hang on the day they were written. */
const someDay = '2026-01-01';

export class Walk {
  readonly statements: Statement[] = [];
  readonly unplaced: Unplaced[] = [];
  unplacedMore = 0;
  private readonly policy: Policy;
  private open: Open | null = null;
  private strange: Strange | null = null;
  /** Of the heading that asked the open question. */
  /** Whether the line before ended a paragraph. */
  private fresh = true;
  private readonly outline = new Outline();

  constructor(policy: Policy) {
    this.policy = policy;
  }

  get section(): Section {
    return this.outline.section;
  }

  /** What was read elsewhere, at this place of the text. */
  take({ statements, unplaced }: TableRead): void {
    for (const statement of statements) this.statements.push(statement);
    for (const each of unplaced) this.lose({ ...each, text: plainText(each.text) });
  }

  /** `next` is the line right below, `below` the next one that is not blank. */
  read(line: SourceLine, next: SourceLine | undefined, below = next): void {
    const fresh = this.fresh;
    this.fresh = line.kind !== 'text';
    if (line.kind !== 'blank' && !(line.kind === 'text' && this.isBelowStrange(line))) {
      this.loseStrange();
    }
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
      this.outline.leaveSummary();
      return;
    }
    if (line.kind === 'summary') {
      const title = plainText(line.text);
      if (!this.heading({ title, level: SUMMARY_LEVEL }, line)) this.close();
      return;
    }
    const title = headingOf(line, next);
    if (title !== null) {
      if (this.isPartOfAnswer(title, below)) {
        this.text(line, below);
        return;
      }
      if (this.heading(title, line)) return;
    }
    if (hasAnchor(line.text) && this.anchorAlone(line)) return;
    if (rule.test(line.text)) {
      this.endOfBlock();
      return;
    }
    const box = readBox(line.text);
    if (box) {
      this.box(box, line);
      return;
    }
    const found = title === null ? readKeyedLine(line.text, this.policy) : null;
    const keyed = found && isMailHeader(found, this.policy) ? null : found;
    if (keyed && this.belongs(keyed, line)) {
      this.text(line, below);
      return;
    }
    if (!keyed && this.itemAlone(line, next, below)) return;
    const sayings = this.open?.reach === 'heading' ? null : splitSayings(line.text, this.policy);
    if (sayings) {
      for (const text of sayings) this.read({ ...line, text }, undefined);
    } else if (keyed) this.key(keyed, line);
    else if (!this.labelAlone(line, next, fresh)) this.text(line, below);
  }

  /** "- Source SCM" with the answer nested below it, or as the next line. */
  private itemAlone(
    line: SourceLine,
    next: SourceLine | undefined,
    below: SourceLine | undefined,
  ): boolean {
    if (below?.kind !== 'text' || listIndent(line.text) === null) return false;
    const indent = indentOf(line.text);
    const nested = indentOf(below.text) > indent;
    const goesOn = next === below && listIndent(below.text) === null;
    if (!nested && !goesOn) return false;
    const label = withoutAskedMark(plainText(withoutMarker(line.text)), 'question', this.policy);
    const match = matchLabel(label, this.policy);
    if (!match || (!nested && readKeyedLine(below.text, this.policy))) return false;
    const inside =
      this.open !== null && (this.open.reach === 'heading' || indent > this.open.indent);
    if (!match.exact && (inside || !nested)) return false;
    // "Team" over names of people is no question.
    if ((inside || !label.includes(' ')) && !this.answers(below, match.field)) return false;
    this.begin(askedBy(match, label, 'bullet', line.n), 'key', indent, line);
    return true;
  }

  /** Inside another question's answer, or in a single word, only what stands below can tell whether something is asked. */
  private answers(line: SourceLine, field: string): boolean {
    const question = this.policy.questionById.get(field);
    if (!question) return false;
    const said = withoutMarker(line.text);
    const { state, invalid } = parseAnswer(said, question, this.policy, someDay);
    return !invalid && state !== 'ambiguous';
  }

  private isBelowStrange({ text }: SourceLine): boolean {
    return this.strange !== null && indentOf(text) > this.strange.indent;
  }

  private loseStrange(): void {
    const { strange } = this;
    this.strange = null;
    if (strange)
      for (const { line, text } of lostBelow(strange, this.policy))
        this.lose({ line: line, text: text });
  }

  /** "Segment" on a line of its own with the answer right below, as forms are copied. */
  private labelAlone(line: SourceLine, next: SourceLine | undefined, fresh: boolean): boolean {
    if (next?.kind !== 'text' || listIndent(line.text) !== null) return false;
    const written = plainText(line.text);
    const label = withoutAskedMark(written, 'question', this.policy);
    if (label === written && (this.open || !fresh)) return false;
    const match = matchLabel(label, this.policy);
    if (!match?.exact || readKeyedLine(next.text, this.policy)) return false;
    if (matchLabel(plainText(next.text), this.policy)?.exact) return false;
    const base = askedBy(match, label, 'line', line.n);
    this.begin(base, 'key', indentOf(line.text), line);
    return true;
  }

  /** An anchor on a line of its own belongs to the question right above, whatever that one seemed to be. */
  private anchorAlone(line: SourceLine): boolean {
    const field = readAnchor(line.text, this.policy);
    if (field === null || !isAnchorAlone(line.text)) return false;
    const { open } = this;
    const empty = open && open.lines.length === 0 && open.boxes.length === 0;
    const above = empty
      ? open.base
      : ({ label: this.outline.title, kind: 'heading', line: line.n } as const);
    if (empty) this.open = null;
    const { label, kind } = above;
    this.begin(
      { field, label, kind, line: above.line },
      empty ? open.reach : 'heading',
      empty ? open.indent : 0,
      line,
    );
    return true;
  }

  /** Closes the open question and notes what was said. */
  close(): void {
    const open = this.open;
    this.open = null;
    if (!open) {
      this.loseStrange();
      return;
    }
    const { boxes, hints, base, section } = open;
    const ticked = tickedText(boxes, this.policy);
    const struck =
      boxes.length > 0 && ticked === '' && boxes.every(({ mark }) => mark === 'struck');
    if (ticked !== '') open.lines.push(ticked);
    const alone = open.listed && open.lines.length === 1;
    const text = alone ? withoutMarker(open.lines[0] ?? '') : open.lines.join('\n').trim();
    const kind = boxes.length > 0 ? 'checkbox' : base.kind;
    const { field, fields, loose, opposite, label, line } = base;
    const asked = { field, fields, loose, opposite, label, kind, line } as const;
    const statement: Statement = { ...asked, text, section, hints };
    this.statements.push(struck ? { ...statement, notApplicable: true } : statement);
  }

  private begin(
    base: Open['base'],
    reach: Open['reach'],
    indent: number,
    line: SourceLine,
    level = lowest,
  ): void {
    if (this.strange && this.isBelowStrange(line)) this.strange.parent = true;
    const { strange } = this;
    this.strange = null;
    this.close();
    this.strange = strange;
    const type = this.policy.questionById.get(base.field)?.type;
    const prose = type === 'text' || type === 'list';
    this.open = {
      base,
      section: this.section,
      reach,
      level,
      indent,
      lines: [],
      hints: line.hints.slice(0, mostHints),
      boxes: [],
      prose,
      listed: false,
      blanks: 0,
    };
  }

  /** "Data" over "must stay in the EU", below "Constraints": a lower heading asks only what its text can answer. */
  private isPartOfAnswer({ title, level }: Heading, below: SourceLine | undefined): boolean {
    const { open } = this;
    if (open?.reach !== 'heading' || !open.prose || level <= open.level) return false;
    if (below?.kind !== 'text' || hasAnchor(title) || headingOf(below, undefined)) return false;
    const match = matchLabel(title, this.policy);
    return match !== null && !this.answers(below, match.field);
  }

  /** True when the heading was understood: it opened a question or closed one. */
  private heading({ title, level }: Heading, line: SourceLine): boolean {
    const section = isSectionTitle(title, this.policy);
    const keyed = section ? null : this.asks(title, level);
    this.place(title, level, keyed !== null);
    const withAnswer = keyed?.exact || section ? null : readKeyedLine(title, this.policy);
    if (withAnswer?.exact && withAnswer.text !== '') {
      this.key(withAnswer, line);
      return true;
    }
    if (keyed && (keyed.exact || !this.open || level <= this.open.level)) {
      const base = askedBy(keyed, title, 'heading', line.n);
      this.begin(base, 'heading', 0, line, level);
      return true;
    }
    if (this.open?.reach !== 'heading' || section) {
      this.close();
      return true;
    }
    return false;
  }

  /** By its own words, as several questions in one, by similar words, or by those of the group that the title above names. */
  private asks(title: string, level: number): LabelMatch | null {
    const match = matchLabel(title, this.policy);
    if (match?.exact) return match;
    return sharedLabels(title, this.policy)?.[0] ?? match ?? this.among(title, level);
  }

  /** A heading beside others under a title that names a group. */
  private among(title: string, level: number): LabelMatch | null {
    if (this.open && (this.open.reach !== 'heading' || level > this.open.level)) return null;
    if (isTitle(title, this.policy)) return null;
    const above = this.outline.above(level);
    return above === '' ? null : matchAmong(title, groupsNamed(above, this.policy), this.policy);
  }

  /** A question among others is a row of the section that it stands in; any other heading begins one. */
  private place(title: string, level: number, asks: boolean): void {
    const plain = withoutAnchors(title);
    if (asks && !isTitle(plain, this.policy)) this.outline.leave(level);
    else this.outline.enter(plain, level);
  }

  /** Inside a heading's answer only a question's own words begin a new one. */
  private belongs(keyed: KeyedLine, line: SourceLine): boolean {
    if (!this.open) return false;
    if (this.open.reach === 'heading') return !keyed.exact;
    const deeper = indentOf(line.text) > this.open.indent;
    return deeper && !keyed.exact;
  }

  private key(keyed: KeyedLine, line: SourceLine): void {
    const { label, text, bullet } = keyed;
    const kind = bullet ? 'bullet' : 'line';
    const base = askedBy(keyed, label, kind, line.n);
    this.begin(base, 'key', indentOf(line.text), line);
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
      const base = askedBy(match, box.text, 'checkbox', line.n);
      this.statements.push({ ...base, text, section: this.section, hints: line.hints });
    }
  }

  private quote(line: SourceLine): void {
    if (this.open?.reach === 'heading') return;
    this.close();
    const asked = plainText(line.text);
    const match = matchLabel(asked, this.policy);
    if (match && (match.exact || isSpoken(asked))) {
      const base = askedBy(match, line.text, 'line', line.n);
      this.begin(base, 'quote', 0, line);
    }
  }

  private blank(line: SourceLine): void {
    const open = this.open;
    if (!open) return;
    remember(open, line);
    open.blanks += 1;
    if (open.reach === 'heading') {
      if (open.lines.length > 0) open.lines.push('');
    } else if (open.lines.length > 0 || open.boxes.length > 0) this.close();
  }

  private endOfBlock(): void {
    if (this.open?.reach !== 'heading') this.close();
    else this.open.lines.push('');
  }

  private text(line: SourceLine, below: SourceLine | undefined): void {
    const open = this.open;
    if (open && this.reaches(open, line)) {
      const said = withoutHeadingMark(line.text.trim());
      if (open.lines.length === 0) open.listed = listIndent(line.text) !== null;
      const first = open.reach === 'key' && open.lines.length === 0;
      open.lines.push(first ? withoutAskedMark(said, 'answer', this.policy) : said);
      remember(open, line);
      open.blanks = 0;
      return;
    }
    if (open) this.close();
    const body = withoutMarker(line.text);
    const item = listIndent(line.text) !== null;
    if (this.bare(body, item, line)) return;
    const stated = readSentences(body, item, this.policy);
    if (stated.length > 0) {
      for (const each of stated) this.key(each, line);
      return;
    }
    if (this.strange && !looksKeyed(body)) {
      this.strange.said.push({ line: line.n, text: plainText(body) });
      return;
    }
    const indent = indentOf(line.text);
    if (
      item &&
      below?.kind === 'text' &&
      indentOf(below.text) > indent &&
      mayAsk(plainText(body))
    ) {
      const label = plainText(body);
      if (!looksKeyed(body)) {
        this.strange = { label, line: line.n, indent, said: [], parent: false };
        return;
      }
    }
    if (!looksLikeAnswer(body, item, this.policy)) return;
    const { key, said } = splitKey(body);
    const title = this.strange?.label ?? this.outline.title;
    const match = matchBelow(plainText(key), title, this.policy);
    if (match) this.key({ ...match, label: plainText(key), text: said, bullet: item }, line);
    else this.lose({ line: line.n, text: plainText(body), ...this.stray(key, said, item, line) });
  }

  /** A line with a key that nobody knows: its neighbours may. */
  private stray(key: string, said: string, item: boolean, line: SourceLine): Partial<Unplaced> {
    if (key === '') return {};
    const { n, hints } = line;
    const kind = item ? 'bullet' : 'line';
    const label = plainText(key);
    return { stray: { label, text: said, kind, line: n, hints, section: this.section } };
  }

  /** Clauses that need no key. */
  private bare(body: string, item: boolean, line: SourceLine): boolean {
    const plain = plainText(body);
    const paired = pairedValues(plain, this.policy);
    const sure = paired.length > 0 ? paired : bareStatements(plain, this.policy);
    // One word alone may be part of anything: it is shown, and not believed.
    const values = sure.length === 0 && item ? bareValues(plain, this.policy) : [];
    const said = values.length > 1 ? values : sure;
    const kind = item ? 'bullet' : 'line';
    for (const { field, text } of said) {
      const { section } = this;
      this.statements.push({ field, label: text, text, kind, line: line.n, hints: [], section });
    }
    return said.length > 0;
  }

  /** Of very many lines that nobody can place only the number is of interest. */
  private lose(unplaced: Unplaced): void {
    if (this.unplaced.length < MOST_UNPLACED) this.unplaced.push(unplaced);
    else this.unplacedMore += 1;
  }

  private reaches(open: Open, line: SourceLine): boolean {
    const deeper = indentOf(line.text) > open.indent;
    if (open.boxes.length > 0) return deeper;
    if (open.reach === 'heading') return true;
    if (open.reach === 'quote') return open.lines.length === 0 || open.blanks === 0;
    if (deeper) return true;
    const item = listIndent(line.text) !== null;
    const ownList = item && open.base.kind === 'line';
    const body = withoutAskedMark(withoutMarker(line.text), 'answer', this.policy);
    if (looksKeyed(body) && !(ownList && open.prose)) return false;
    // Nothing stood beside the key: its list, or the line right below.
    if (open.lines.length === 0) return ownList ? open.blanks <= 1 : !item && open.blanks === 0;
    if (open.blanks > 0) return false;
    return item ? ownList && (open.listed || open.prose) : open.prose;
  }
}

/** As many hints beside one answer are compared with it. */
const mostHints = 50;

function remember({ hints }: Open, line: SourceLine): void {
  for (const hint of line.hints) if (hints.length < mostHints) hints.push(hint);
}

function withoutHeadingMark(text: string): string {
  return text.replace(/^#{1,6}\s+/u, '');
}
