/** Markdown and HTML inside an answer → the text that people see. */

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['bull', '•'],
  ['check', '✓'],
  ['euro', '€'],
  ['rarr', '→'],
  ['le', '≤'],
  ['ge', '≥'],
  ['times', '×'],
  ['Auml', 'Ä'],
  ['Ouml', 'Ö'],
  ['Uuml', 'Ü'],
  ['auml', 'ä'],
  ['ouml', 'ö'],
  ['uuml', 'ü'],
  ['szlig', 'ß'],
  ['eacute', 'é'],
  ['egrave', 'è'],
  ['ccedil', 'ç'],
  ['ntilde', 'ñ'],
]);

/** The HTML that people and spreadsheets put into answers; anything else in angle brackets is kept as written. */
const tagNames =
  'a|abbr|b|big|blockquote|center|code|dd|del|details|div|dl|dt|em|font|h[1-6]|hr|i|img|input|ins|kbd|label|mark|ol|p|pre|s|samp|small|span|strike|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|li';
const tag = new RegExp(`</?(?:${tagNames})(?:\\s[^<>]{0,500})?/?>`, 'giu');

/** Longer texts are prose and need no markup taken off to be understood. */
const mostCharacters = 20_000;

/** Text without any of these is plain already. */
const markup = /[<&*_`\\\n]|:x:/iu;

/** Takes the markup off an answer's words; line breaks of HTML and list items become new lines. Linear. */
export function plainText(markdown: string): string {
  if (markdown.length > mostCharacters) return markdown.trim();
  if (!markup.test(markdown)) return markdown.trim();
  const text = markdown
    .replace(/<\/?br\s*\/?>/giu, '\n')
    .replace(/<li(?:\s[^<>]{0,200})?>/giu, '\n- ')
    .replace(tag, dropTag)
    .replace(/<((?:https?:\/\/|mailto:)[^<>\s]{1,500})>/giu, '$1')
    .replace(/&(#\d{1,6}|#x[\da-f]{1,5}|[a-z]{2,6});/giu, decodeEntity)
    .replace(/(\*{1,3}|_{2,3})(?=\S)|(?<=\S)(\*{1,3}|_{2,3})/gu, dropMark)
    .replace(/:x:/gu, '❌')
    .replace(/`+/gu, '')
    .replace(/\\([\\|*_[\]<>#~`])/gu, '$1');
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

/** Block tags part words, others do not. */
function dropTag(found: string): string {
  return /^<\/?(?:ul|ol|p|div|tr|td|table|details|summary|img|h\d)\b/iu.test(found) ? '\n' : '';
}

/** Stars in arithmetic ("3 * 4") stay, because a space stands on either side of them. */
function dropMark(mark: string): string {
  return mark.length > 3 ? mark : '';
}

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return entities.get(name) ?? entities.get(name.toLowerCase()) ?? whole;
  const code = Number(/^#x/iu.test(name) ? `0${name.slice(1)}` : name.slice(1));
  return code >= 32 && code < 0x11_0000 && (code < 0xd8_00 || code > 0xdf_ff)
    ? String.fromCodePoint(code)
    : whole;
}

/** Items of an answer: lines, list items, and pieces between commas or semicolons outside of parentheses. */
export function splitItems(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let item = '';
  for (const character of text) {
    if (character === '(' || character === '[') depth++;
    if (character === ')' || character === ']') depth = Math.max(0, depth - 1);
    const parts = character === '\n' || (depth === 0 && /[,;、，；•]/u.test(character));
    if (parts) {
      items.push(item);
      item = '';
      if (character === '\n') depth = 0;
    } else item += character;
  }
  items.push(item);
  return items
    .map((each) => each.replace(/^\s*(?:[-*+]|\d{1,2}[.)])\s+/u, '').trim())
    .filter(Boolean);
}
