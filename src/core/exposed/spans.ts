/** Where on one line something stands that should not: tokens, keys, passwords, addresses. */
import {
  isPassword,
  isPlaceholder,
  isToken,
  looksLikePassword,
  looksLikeToken,
  trimmed,
} from './words.ts';

export type ExposedKind = 'token' | 'private_key' | 'password' | 'address';

/** From `start` up to `end`. */
export interface Span {
  readonly kind: ExposedKind;
  readonly start: number;
  readonly end: number;
}

// Every pattern here has at most one beginning in a run of its characters, or counts them: the work is linear.

/**
 * Prefixes that the makers of tokens publish so that they can be found.
 * GitLab: docs.gitlab.com/security/tokens, section on token prefixes.
 */
const token = new RegExp(
  [
    String.raw`\bgl(?:pat|oas|dt|rtr?|cbt|ptt|ft|imt|agent|wt|soat|ffct)-[\w-]{16,}(?:\.[\w-]+){0,2}`,
    String.raw`\bGR1348941[\w-]{16,}`,
    String.raw`\bgh[opusr]_\w{30,}`,
    String.raw`\bgithub_pat_\w{30,}`,
    String.raw`\b(?:AKIA|ASIA)[0-9A-Z]{16}\b`,
    String.raw`\bAIza[\w-]{35}`,
    String.raw`\bxox[abeoprs]-[\w-]{10,}`,
    String.raw`\b[sr]k_live_\w{16,}`,
    String.raw`\bsk-(?:proj|svcacct|admin|ant)-[\w-]{16,}`,
    String.raw`\bsk-[A-Za-z0-9]{40,}`,
    String.raw`\bhttps:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]{10,}`,
    String.raw`\bhttps:\/\/discord(?:app)?\.com\/api\/webhooks\/\d{10,}\/[\w-]{20,}`,
    String.raw`\bhttps:\/\/[\w-]{1,80}\.webhook\.office\.com\/webhookb2\/[\w@/-]{20,}`,
    String.raw`\bnpm_\w{36}\b`,
    String.raw`\bpypi-[\w-]{40,}`,
    String.raw`\bdop_v1_[0-9a-f]{40,}`,
    String.raw`\bhvs\.[\w-]{20,}`,
    String.raw`\bwhsec_[\w+/=]{20,}`,
    String.raw`\bATATT3[\w=-]{30,}`,
    String.raw`(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}`,
    String.raw`\bAccountKey=[\w+/=]{40,}`,
  ].join('|'),
  'gu',
);
const privateKey = /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/gu;
/** `https://name:word@host`. */
const inAddress = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{1,80}:([^\s/@]{3,200})@[\w.-]+/giu;

const passwordWords =
  'pass(?:word|wd|phrase|code)?|pwd|pw|passwor[dt]|kennwort|mot de passe|contraseña|パスワード';
const tokenWords =
  '(?:(?:access|private|api|auth|bearer|admin|client)[ _-]?)?(?:token|secret)|(?:access|private|api|secret|client)[ _-]?key';
const loginWords = 'credentials?|creds|log-?in|logon|zugangsdaten|user(?:name)?';
const key = new RegExp(
  String.raw`(?<![\p{L}\d])(?:${passwordWords}|${tokenWords}|bearer|${loginWords})(?!\p{Ll})`,
  'giu',
);
/** Dressed in bold, code or quotes. */
const dress = String.raw`["'\x60*_]{0,4}`;
const value = String.raw`[^\s"'\x60|<>]`;
/** "for the VPN" between the word and its colon. */
const whatFor = String.raw`(?:\s(?:for|of|to|für|pour|para)(?:\s[\p{L}\d./-]{1,24}){1,3})?`;

// What may follow such a word.
/** "Password: …", "token = …", "the password is …". */
const named = new RegExp(
  String.raw`${dress}${whatFor}\s{0,3}(?:[:：=]|\b(?:is|lautet)\b)["'\x60*_\s]{0,6}(${value}{6,200})`,
  'iuy',
);
/** `| VPN password | … |`. */
const inCells = new RegExp(
  String.raw`${dress}[:：?]?${dress}\s{0,40}\|{1,2}\s{0,40}${dress}(${value}{6,200})(?=${dress}\s{0,40}(?:\||$))`,
  'uy',
);
/** "password …" and "credentials: …". */
const bare = new RegExp(
  String.raw`${dress}(?:\s{1,3}|\s?[:：=]\s{0,3})["'\x60*_(]{0,4}(${value}{8,200})`,
  'uy',
);
/** "login admin/…", "credentials: admin / …". */
const paired = new RegExp(
  String.raw`${dress}\s{0,3}[:：=]?["'\x60*_\s]{0,6}[\p{L}\d._@\\-]{2,60}${dress}\s{0,2}[/:,|]\s{0,2}${dress}(${value}{6,200})`,
  'uy',
);
const email =
  /(?<![\p{L}\d._%+/-])[\p{L}\d._%+-]{1,64}@(?:[\p{L}\d-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\d@-])/gu;

/** In order and without overlaps; what touches is one thing. */
export function spansOf(line: string): readonly Span[] {
  const found: Span[] = [];
  if (line.includes('-----BEGIN')) addPrivateKeys(line, found);
  for (const { 0: text, index } of line.matchAll(token)) {
    found.push({ kind: 'token', start: index, end: index + text.length });
  }
  if (line.includes('://')) {
    for (const { 0: text, 1: word = '', index } of line.matchAll(inAddress)) {
      if (isPlaceholder(word)) continue;
      found.push({ kind: 'password', start: index, end: index + text.length });
    }
  }
  addNamed(line, found);
  if (line.includes('@')) {
    for (const { 0: text, index } of line.matchAll(email)) {
      const end = index + text.length;
      if (isAddress(text, line.slice(end, end + 2))) {
        found.push({ kind: 'address', start: index, end });
      }
    }
  }
  return united(found);
}

/** On one line, as in a cell, the key itself stands behind its first words. */
function addPrivateKeys(line: string, found: Span[]): void {
  privateKey.lastIndex = 0;
  for (let key = privateKey.exec(line); key; key = privateKey.exec(line)) {
    const stop = line.indexOf('-----END', privateKey.lastIndex);
    const end = stop < 0 ? line.length : stop;
    found.push({ kind: 'private_key', start: key.index, end });
    privateKey.lastIndex = end;
  }
}

function addNamed(line: string, found: Span[]): void {
  key.lastIndex = 0;
  for (let match = key.exec(line); match; match = key.exec(line)) {
    const [word] = match;
    const from = key.lastIndex;
    const sure = behind(line, from, named) ?? behind(line, from, inCells);
    if (sure && isSecretOf(word, sure.text)) {
      found.push(spanOf(word, sure));
      key.lastIndex = sure.start + sure.text.length;
      continue;
    }
    const looks = isTokenWord(word) ? looksLikeToken : looksLikePassword;
    const alone = behind(line, from, bare);
    const second = isLoginWord.test(word) ? behind(line, from, paired) : undefined;
    const likely = [second, alone].find((each) => each && looks(trimmed(each.text)));
    if (likely) found.push(spanOf(word, likely));
    const longest = [sure, alone, second].find((each) => each && each.text.length > LONG);
    // Words of a run without spaces are looked at together, not each with all that follow.
    if (longest) key.lastIndex = Math.max(key.lastIndex, longest.start + longest.text.length);
  }
}

const LONG = 40;

interface Found {
  readonly text: string;
  readonly start: number;
}

/** What the pattern's group holds when it fits at `from`. */
function behind(line: string, from: number, pattern: RegExp): Found | undefined {
  pattern.lastIndex = from;
  const text = pattern.exec(line)?.[1];
  return text === undefined ? undefined : { text, start: pattern.lastIndex - text.length };
}

function spanOf(word: string, { text, start }: Found): Span {
  const kind = isTokenWord(word) ? 'token' : 'password';
  return { kind, start, end: start + trimmed(text).length };
}

/** Whether `word` is what the key in front of it announces. */
function isSecretOf(key: string, word: string): boolean {
  const secret = trimmed(word);
  if (isTokenWord(key)) return isToken(secret);
  return isLoginWord.test(key) ? looksLikePassword(secret) : isPassword(secret);
}

const isLoginWord = new RegExp(`^(?:${loginWords})$`, 'iu');

function isTokenWord(key: string): boolean {
  return /(?:token|key|secret|bearer)$/iu.test(key);
}

/** `git@host:path` is how one clones, not whom one writes to. */
function isAddress(text: string, rest: string): boolean {
  if (/^(?:git|hg|svn|ssh|noreply|no-reply)@/iu.test(text)) return false;
  return !/^:[\w~/]/u.test(rest) && !/@(?:users\.)?noreply\./iu.test(text);
}

/** In order; those that overlap become one, of the kind of the first. */
export function united(spans: readonly Span[]): readonly Span[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const found: Span[] = [];
  for (const span of sorted) {
    const last = found.at(-1);
    if (!last || span.start >= last.end) found.push(span);
    else if (span.end > last.end) found[found.length - 1] = { ...last, end: span.end };
  }
  return found;
}

const keyOnly = new RegExp(
  String.raw`^[\s>#*+|"'\x60_\-\d.)]{0,20}(?:[\p{L}\d/()&-]{1,30} ){0,4}(${passwordWords}|${tokenWords}|credentials?)${dress}\s{0,3}[:：=]?["'\x60*_\s|]{0,12}$`,
  'iu',
);
/** Cheaper to ask first. */
const endsInKey = /[\p{L}]["'\x60*_\s:：=|]{0,20}$/iu;
const valueOnly = new RegExp(
  String.raw`^[\s>*+"'\x60_|-]{0,20}(${value}{6,200})${dress}[\s|]{0,20}$`,
  'u',
);

/** The word of a line that ends with "Password:" and leaves the secret to the next one. */
export function keyThatEnds(line: string): string | undefined {
  return line.length > 200 || !endsInKey.test(line) ? undefined : keyOnly.exec(line)?.[1];
}

/** Such a next line: nothing but the secret. */
export function secretAlone(line: string, key: string): Span | undefined {
  const word = line.length > 300 ? undefined : valueOnly.exec(line)?.[1];
  if (word === undefined || !isSecretOf(key, word)) return undefined;
  return spanOf(key, { text: word, start: line.indexOf(word) });
}

const keyCell = new RegExp(
  String.raw`^\s{0,20}${dress}(?:[\p{L}\d/()&-]{1,30} ){0,4}(${passwordWords}|${tokenWords}|credentials?)${dress}\s{0,20}$`,
  'iu',
);

/** Columns of a table's head that are called "Password" and the like: number of the cell → the word. */
export function keyColumns(head: string): ReadonlyMap<number, string> {
  const columns = new Map<number, string>();
  if (!head.includes('|') || head.length > 2000 || !/\p{L}/u.test(head)) return columns;
  for (const [at, cell] of head.split('|').entries()) {
    const key = cell.length > 100 ? undefined : keyCell.exec(cell)?.[1];
    if (key !== undefined) columns.set(at, key);
  }
  return columns;
}

/** What stands in such columns of a row below. */
export function secretsInColumns(row: string, columns: ReadonlyMap<number, string>): Span[] {
  const found: Span[] = [];
  let start = 0;
  for (const [at, cell] of row.split('|').entries()) {
    const key = columns.get(at);
    const span = key === undefined ? undefined : secretAlone(cell, key);
    if (span) found.push({ ...span, start: start + span.start, end: start + span.end });
    start += cell.length + 1;
  }
  return found;
}
