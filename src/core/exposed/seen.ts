/** A line as people see it once GitLab has drawn it, with the way back to where each character is written. */

/** Text without markup, and for every index the place in the line as written. */
export interface Seen {
  readonly text: string;
  /** Where the character at `index` begins, as written. */
  begin(index: number): number;
  /** Where the character before `index` ends, as written. */
  end(index: number): number;
}

const entities: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['commat', '@'],
  ['colon', ':'],
  ['equals', '='],
  ['period', '.'],
  ['hyphen', '-'],
  ['dash', '-'],
  ['lowbar', '_'],
  ['sol', '/'],
  ['num', '#'],
  ['excl', '!'],
  ['dollar', '$'],
  ['percnt', '%'],
]);

/** Characters that draw nothing, dashes, and other shapes of plain letters, figures and signs. */
const odd = String.raw`\p{Cf}\p{Cc}\p{Pd}\u2100-\u214f\u2460-\u24ff\ufe50-\ufe6f\uff01-\uff5e\u{1d400}-\u{1d7ff}`;
/** An entity, an escaped sign, marks of emphasis and code, a tag or comment, an odd character. */
const drawn = new RegExp(
  String.raw`&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});|\\[!-/:-@[-\x60{-~]|\*+|\x60+|~~|<!--[^>]{0,200}-->|</?[a-z][a-z\d]{0,9}(?:\s[^<>]{0,200})?/?>|[${odd}]`,
  'giu',
);
const drawnOtherwise = new RegExp(String.raw`[&\\*\x60<]|~~|(?![-\t])[${odd}]`, 'u');
const parting = /^<\/?(?:td|th|tr|li|p|div|table|h\d)\b/iu;

interface Piece {
  /** Where it begins in the text as seen. */
  readonly at: number;
  /** From where to where it is written. */
  readonly start: number;
  readonly stop: number;
  /** Seen just as it is written. */
  readonly same: boolean;
}

/** Undefined when the line is seen just as it is written. Linear in its length. */
export function asSeen(line: string): Seen | undefined {
  if (!drawnOtherwise.test(line)) return undefined;
  const pieces: Piece[] = [];
  let text = '';
  let from = 0;
  const add = (piece: string, start: number, stop: number, same: boolean): void => {
    if (piece === '') return;
    pieces.push({ at: text.length, start, stop, same });
    text += piece;
  };
  for (const { 0: written, index } of line.matchAll(drawn)) {
    const seen = draw(written);
    if (seen === written) continue;
    add(line.slice(from, index), from, index, true);
    from = index + written.length;
    add(seen, index, from, false);
  }
  add(line.slice(from), from, line.length, true);
  if (text === line) return undefined;
  return {
    text,
    begin(index) {
      const { at, start, same } = pieceAt(pieces, index);
      return same ? start + index - at : start;
    },
    end(index) {
      const { at, start, stop, same } = pieceAt(pieces, index - 1);
      return same ? start + index - at : stop;
    },
  };
}

function pieceAt(pieces: readonly Piece[], index: number): Piece {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.at ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return pieces[low] ?? { at: 0, start: 0, stop: 0, same: true };
}

function draw(written: string): string {
  const first = written.charAt(0);
  if (first === '&') return decode(written);
  if (first === '\\') return written.slice(1);
  if (first === '<') {
    if (/^<br/iu.test(written)) return ' ';
    return parting.test(written) ? '|' : '';
  }
  if (first === '*' || first === '`' || first === '~') return '';
  return plain(written);
}

function decode(written: string): string {
  const [, hexadecimal, decimal] = /^&#(?:x([\da-f]+)|(\d+));$/iu.exec(written) ?? [];
  if (hexadecimal === undefined && decimal === undefined) {
    return entities.get(written.slice(1, -1).toLowerCase()) ?? written;
  }
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  if (code >= 32 && code < 127) return String.fromCharCode(code);
  const known = code > 127 && code < 0x11_0000 && (code < 0xd8_00 || code > 0xdf_ff);
  return known ? plain(String.fromCodePoint(code)) : '';
}

/** Every dash is a hyphen; full-width letters are letters; what draws nothing is nothing. */
function plain(character: string): string {
  if (character === '-' || character === '\t') return character;
  if (/^[\p{Cf}\p{Cc}]$/u.test(character)) return '';
  return /^\p{Pd}$/u.test(character) ? '-' : character.normalize('NFKC');
}
