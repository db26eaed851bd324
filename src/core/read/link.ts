/** Handles, links and pointers to somewhere else. */
import type { ParsedValue } from '../model.ts';
import type { Policy } from '../policy.ts';
import { beginsWith, isExactly, isWord, mentions } from './phrases.ts';
import { valueNamed } from './vocabulary.ts';

const handle = /(?<![\p{L}\p{N}@./+-])@([\p{L}\p{N}_][\p{L}\p{N}_.-]*)/u;
const profile = /https?:\/\/[^\s/()]+\/([\p{L}\p{N}_][\p{L}\p{N}_.-]*)\/?(?=[\s)\],>]|$)/u;
const web = /https?:\/\/[^\s<>()\]`"|]+|(?<=\]\()[^()\s]{1,2000}(?=\))/u;
const upload = /(?:^|[\s(])(\/?(?:-\/project\/\d+\/)?uploads\/[^\s()<>]+)/u;
const reference = String.raw`(?:[\w./-]+)?(?:[#!&]\d+|&epic\d+)\+?s?`;
const anyLink = String.raw`!?\[[^\]\n]{0,300}\]\([^()\s]{1,2000}(?:\s"[^"]{0,200}")?\)|https?:\/\/[^\s<>]+|${reference}`;
const onlyLinks = new RegExp(`^(?:${anyLink})(?:[\\s,;]+(?:${anyLink}))*$`, 'u');

/** The first `@handle` in a text, without `@`; '' when there is none. */
export function readHandle(text: string): string {
  const name = handle.exec(text)?.[1] ?? '';
  return name.replace(/[.-]+$/u, '');
}

/** Whether a person is named by handle or by a link to a profile. */
export function namesPerson(text: string): boolean {
  return readHandle(text) !== '' || profile.test(text);
}

/** Whether a text is nothing but links, images or references such as `#12`. */
export function isOnlyLinks(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length > 0 && trimmed.length < 5000 && onlyLinks.test(trimmed);
}

/** A person: the handle, also from a profile link or without `@`; a bare name is `partial`. */
export function parseUser(markdown: string, plain: string, policy: Policy): ParsedValue {
  const handle = readHandle(markdown);
  const name =
    (valueNamed(handle, 'not_a_name', policy) === null ? handle : '') ||
    (profile.exec(markdown)?.[1] ?? '');
  if (name !== '') return { state: 'answered', value: name };
  const words = plain
    .slice(0, 300)
    .replace(/[,;(].*$/su, '')
    .trim();
  if (isWord(words, 'yes', policy) || valueNamed(words, 'not_a_name', policy) !== null) {
    const remark = 'Who is it? The GitLab handle (@name), please.';
    return { state: 'unanswered', value: null, invalid: true, remark };
  }
  if (/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(words)) return { state: 'answered', value: words };
  return {
    state: 'partial',
    value: plain.split('\n', 1)[0] ?? plain,
    remark: 'Please give the GitLab handle (@name), then I can find the person.',
  };
}

/** A link or an uploaded file; other words point to somewhere that cannot be read from here. */
export function parseUrl(markdown: string, plain: string, policy: Policy): ParsedValue {
  const found = web.exec(markdown)?.[0] ?? upload.exec(markdown)?.[1];
  if (found !== undefined) return { state: 'answered', value: found.replace(/[.,;*'_]+$/u, '') };
  if (beginsWith(plain, 'yes', policy)) {
    // "Yes, attached" points somewhere.
    const rest = plain.slice(0, 200).replace(/^\S+\s*/u, '');
    if (isExactly(rest, 'reference', policy) || mentions(rest, 'reference', policy)) {
      return { state: 'reference', value: plain };
    }
    return { state: 'unanswered', value: null, invalid: true, remark: 'Please paste the link.' };
  }
  if (beginsWith(plain, 'no', policy)) return { state: 'none', value: null };
  return { state: 'reference', value: plain };
}
