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
/** One surname, with "van der" before it, then one or two given names; all begin with a capital. */
const surnameFirst =
  /^((?:\p{Ll}+ ){0,3}\p{Lu}[\p{L}\p{M}'’-]{0,40}), ?(\p{Lu}\p{Ll}[\p{L}\p{M}'’-]{0,40}(?: \p{Lu}[\p{L}\p{M}'’.-]{0,40})?)$/u;
const onlyLinks = new RegExp(`^(?:${anyLink})(?:[\\s,;]+(?:${anyLink}))*$`, 'u');

/** The first `@handle` in a text, without `@`; '' when there is none. */
export function readHandle(text: string): string {
  const name = handle.exec(text)?.[1] ?? '';
  return name.replace(/[.-]+$/u, '');
}

/** Everybody whose `@handle` stands in a text, once each, without `@` and in lower case. */
export function readHandles(text: string): readonly string[] {
  const found = [...text.matchAll(new RegExp(handle, 'gu'))].map(([each]) => readHandle(each));
  return [...new Set(found.map((name) => name.toLowerCase()))];
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
  const turned = givenNameFirst(plain, policy);
  const words = turned ?? beforeAside(plain);
  if (isWord(words, 'yes', policy) || valueNamed(words, 'not_a_name', policy) !== null) {
    const remark = 'Who is it? The GitLab handle (@name), please.';
    return { state: 'unanswered', value: null, invalid: true, remark };
  }
  if (/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(words)) return { state: 'answered', value: words };
  return {
    state: 'partial',
    value: turned ?? plain.split('\n', 1)[0] ?? plain,
    remark: 'Please give the GitLab handle (@name), then I can find the person.',
  };
}

/** "Pike, Jo" as "Jo Pike"; null for what is no surname with a given name behind it, such as "jo, architect". */
function givenNameFirst(text: string, policy: Policy): string | null {
  const [, surname, given] = surnameFirst.exec(beforeAside(text, /[;(\n].*$/su)) ?? [];
  if (surname === undefined || given === undefined) return null;
  // "Zoe, Sales", "Jo, Account Executive": what somebody is or does, no name.
  const isTitle = policy.roles.some(({ id, title }) => isSame(given, id) || isSame(given, title));
  return isTitle ? null : `${given} ${surname}`;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** A name without what is said about it: "Jo Pike, Nordics", "Jo Pike (architect)". */
function beforeAside(text: string, aside = /[,;(].*$/su): string {
  return text.slice(0, 300).replace(aside, '').trim();
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
