/** Call notes and transcripts: one speaker asks, the next line answers ("Q: …? A: …", "Sam: …? Ines: …"). */
import type { Policy } from '../policy.ts';
import { gistOf, isSpoken } from './gist.ts';
import { labelKey, matchLabel } from './match.ts';
import { plainText } from './plain.ts';
import type { SourceLine } from './source-line.ts';

/** Who speaks, perhaps with the time, and what is said. */
const speech =
  /^\s*(?:[-*+•]\s+)?(?:\[[^\]]{1,20}\]\s*|\d{1,2}:\d{2}(?::\d{2})?\s+)?(?:\*\*|__)?(\p{Lu}[\p{L}\p{N} .'’-]{0,30}?)\s?(?:[([][^()[\]]{1,30}[)\]])?(?:\*\*|__)?\s*[:：](?:\*\*|__)?\s*(\S.*)$/su;
/** Both on one line: "… which one? A: Okta". */
const onOneLine = /^(.{3,200}?[?？])\s+\p{Lu}\p{L}{0,12}\d?\s*[:：]\s*(\S.*)$/su;
const longestLine = 600;

interface Speech {
  readonly who: string;
  readonly said: string;
}

/**
 * Lines in which a spoken question has become a quoted one and its answer stands alone, as `Walk` reads
 * quoted questions; what nobody asks or answers stays as it is. Total, linear.
 */
export function readDialogue(lines: readonly SourceLine[], policy: Policy): readonly SourceLine[] {
  const speeches = lines.map(speechOf);
  if (!speeches.some((each) => each !== null && /[?？]/u.test(each.said))) return lines;
  const turns = new Map<string, number>();
  for (const each of speeches) if (each) turns.set(each.who, (turns.get(each.who) ?? 0) + 1);
  const found: SourceLine[] = [];
  let state: 'idle' | 'asked' | 'answered' = 'idle';
  for (const [i, line] of lines.entries()) {
    const each = speeches[i] ?? null;
    const [asked, answer] = each ? questionIn(each.said, policy) : ['', ''];
    if (asked !== '') {
      found.push({ ...line, kind: 'quote', text: asked });
      if (answer !== '') found.push({ ...line, text: answer });
      state = answer === '' ? 'asked' : 'answered';
    } else if (each && state === 'asked' && answers(each, turns, policy)) {
      found.push({ ...line, text: each.said });
      state = 'answered';
    } else {
      // Whoever speaks next says something else.
      if (each && state === 'answered') found.push({ ...line, kind: 'blank', text: '' });
      if (line.kind !== 'blank' && (each || state !== 'answered')) state = 'idle';
      found.push(line);
    }
  }
  return found;
}

function speechOf({ kind, text }: SourceLine): Speech | null {
  if (kind !== 'text' || text.length > longestLine || !/[:：]/u.test(text)) return null;
  const [, who, said] = speech.exec(text) ?? [];
  return who === undefined || said === undefined ? null : { who, said: plainText(said) };
}

/** The question, and its answer when that stands on the same line. */
function questionIn(said: string, policy: Policy): readonly [string, string] {
  const [, first = said, answer = ''] = onOneLine.exec(said) ?? [];
  if (!isSpoken(first) || first.length > longestLine) return ['', ''];
  // "Thanks. And which one do you use?": the last sentence asks.
  const sentence = first.split(/(?<=[.!?])\s+/u).at(-1) ?? first;
  const known = [first, sentence].filter(
    (each) => gistOf(labelKey(each), policy.words) !== '' && matchLabel(each, policy) !== null,
  );
  const asked = known.find((each) => matchLabel(each, policy)?.exact) ?? known[0];
  return asked === undefined ? ['', ''] : [asked, answer];
}

/** Who answers may be called like one of our questions ("Customer: …"), if this is not the only time. */
function answers({ who }: Speech, turns: ReadonlyMap<string, number>, policy: Policy): boolean {
  return (turns.get(who) ?? 0) > 1 || matchLabel(who, policy)?.exact !== true;
}
