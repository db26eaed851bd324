/** Finds what should not stand in an issue: access tokens, private keys, passwords, e-mail addresses (`domain.md` §8.7, C41). */

export type ExposedKind = 'token' | 'private_key' | 'password' | 'address';

/** Something found. `text` is the thing itself: it is compared and hashed, and never said, shown or logged. */
export interface Exposed {
  readonly kind: ExposedKind;
  /** 1-based line of the text it stands in; 0 is the title. */
  readonly line: number;
  readonly text: string;
  /** The note it stands in; absent for title and description. */
  readonly noteId?: number;
}

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
    String.raw`\bnpm_\w{36}\b`,
    String.raw`\bpypi-[\w-]{40,}`,
    String.raw`\bdop_v1_[0-9a-f]{40,}`,
    String.raw`\bhvs\.[\w-]{20,}`,
    String.raw`\bwhsec_[\w+/=]{20,}`,
    String.raw`\bATATT3[\w=-]{30,}`,
    String.raw`\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}`,
    String.raw`\bAccountKey=[\w+/=]{40,}`,
  ].join('|'),
  'gu',
);
const privateKey = /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/gu;
const keyLine = /^[A-Za-z0-9+/=]{40,}$/u;
/** `https://name:word@host`. */
const inAddress = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{1,80}:([^\s/@]{3,200})@[\w.-]+/giu;
/** "Password: …" and "token = …", dressed in bold, code or quotes. */
const named =
  /(?<![\p{L}\d_-])(pass(?:word|wd|phrase)?|pwd|pw|passwor[dt]|kennwort|mot de passe|contraseña|パスワード|(?:(?:access|private|api|auth|bearer|admin|client)[ _-]?)?(?:token|secret)|(?:access|private|api|secret|client)[ _-]?key)["'`*_]{0,4}\s{0,3}(?:[:：=]|\bis\b|\blautet\b)["'`*_\s]{0,6}([^\s"'`|<>]{6,200})/giu;
const email =
  /(?<![\p{L}\d._%+/-])[\p{L}\d._%+-]{1,64}@(?:[\p{L}\d-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\d@-])/gu;

/** Everything in `text`, in its order; linear in its length. `firstLine` is the number of its first line. */
export function findExposed(text: string, firstLine = 1): readonly Exposed[] {
  const found: Exposed[] = [];
  for (const [at, line] of text.split(/\r\n|\r|\n/u).entries()) {
    if (line.length < 6) continue;
    const spot = firstLine + at;
    for (const { kind, start, end } of spans(line)) {
      found.push({ kind, line: spot, text: line.slice(start, end) });
    }
  }
  return found;
}

/** The same text with every such thing replaced by what it is, in brackets: safe to repeat to people. */
export function maskExposed(text: string): string {
  let masked = text;
  // What is taken out may uncover a neighbour that leaned on it.
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const again = maskOnce(masked);
    if (again === masked) return again;
    masked = again;
  }
  return masked;
}

const MOST_ROUNDS = 10;

function maskOnce(text: string): string {
  const found = spans(text);
  if (found.length === 0) return keyLine.test(text.trim()) ? '[not repeated here]' : text;
  let masked = '';
  let from = 0;
  for (const { kind, start, end } of found) {
    masked += `${text.slice(from, start)}[${words[kind]}]`;
    from = end;
  }
  return masked + text.slice(from);
}

const words: Readonly<Record<ExposedKind, string>> = {
  token: 'token not repeated',
  private_key: 'private key not repeated',
  password: 'password not repeated',
  address: 'e-mail address',
};

interface Span {
  readonly kind: ExposedKind;
  readonly start: number;
  readonly end: number;
}

/** In order and without overlaps: what is found first and longest counts once. */
function spans(line: string): readonly Span[] {
  const found: Span[] = [];
  const add = (kind: ExposedKind, start: number, length: number): void => {
    found.push({ kind, start, end: start + length });
  };
  if (line.includes('-----BEGIN')) {
    for (const { 0: text, index } of line.matchAll(privateKey)) {
      // On one line, as in a cell, the key itself stands behind its first words.
      const [rest = ''] = line.slice(index + text.length).split('-----END', 1);
      add('private_key', index, text.length + rest.length);
    }
  }
  for (const { 0: text, index } of line.matchAll(token)) add('token', index, text.length);
  if (line.includes('://')) {
    for (const { 0: text, 1: word = '', index } of line.matchAll(inAddress)) {
      if (!isPlaceholder(word)) add('password', index, text.length);
    }
  }
  for (const { 0: text, 1: key = '', 2: word = '', index } of line.matchAll(named)) {
    const secret = word.replace(/[.,;:)\]}*_]+$/u, '');
    if (!looksSecret(key, secret)) continue;
    add(
      isPasswordWord(key) ? 'password' : 'token',
      index + text.length - word.length,
      secret.length,
    );
  }
  if (line.includes('@')) {
    for (const { 0: text, index } of line.matchAll(email)) {
      if (isAddress(text, line.slice(index + text.length))) add('address', index, text.length);
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return found.filter((span) => {
    const free = span.start >= end;
    if (free) end = span.end;
    return free;
  });
}

function isPasswordWord(key: string): boolean {
  return !/(?:token|key|secret)$/iu.test(key);
}

/** Words of a language are answers ("Password: managed by Okta"); what mixes letters with digits or signs is a secret. */
function looksSecret(key: string, word: string): boolean {
  if (isPlaceholder(word) || /^(?:https?:|@|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$)/u.test(word))
    return false;
  const letters = /\p{L}/u.test(word);
  const digits = /\d/u.test(word);
  const signs = /[^\p{L}\d./_-]/u.test(word);
  if (isPasswordWord(key)) return word.length >= 6 && letters && (digits || signs);
  return word.length >= 16 && letters && digits && /^[\w+/=.~-]+$/u.test(word);
}

function isPlaceholder(word: string): boolean {
  return /^(?:[*x•.…_-]+|[<[{(].*|\$.*|(?:your|the|my)[_-].*|(?:redacted|hidden|masked|example|changeme).*)$/iu.test(
    word,
  );
}

/** `git@host:path` is how one clones, not whom one writes to. */
function isAddress(text: string, rest: string): boolean {
  if (/^(?:git|hg|svn|ssh|noreply|no-reply)@/iu.test(text)) return false;
  return !/^:[\w~/]/u.test(rest) && !/@(?:users\.)?noreply\./iu.test(text);
}
