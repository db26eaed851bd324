/** The verbs that answer questions: set, take, na, assume, defer, and those of estimate, acceptance and statement of work. */
import type { FieldId, ParsedValue } from '../../model.ts';
import type { Policy } from '../../policy.ts';
import { parseAnswer } from '../../read/answer.ts';
import { multiplier } from '../../read/phrases.ts';
import {
  type CommandContext,
  firstWord,
  form,
  hasOwnCommand,
  isProblem,
  quote,
  readField,
  readOne,
  readUser,
  wrong,
} from './context.ts';
import { readDay } from './days.ts';
import { tooFar } from './deferrals.ts';
import type { Order, Problem, SaidAnswer } from './order.ts';
import { saysNothing, saysOnlyLater } from './placeholder.ts';

type Parsed = Order | Problem;

/** `set FIELD VALUE`; a value that only says "later" is refused, for that would hide what stands in the row. */
export function parseSet(context: CommandContext): Parsed {
  return withText(context, (field, text) => {
    if (!saysOnlyLater(context, field, text)) return { field, text };
    const later = form(`defer ${field} DATE @NAME`);
    return { problem: `${quote(text)} is no answer yet. If it comes later: ${later}.` };
  });
}

/** `assume FIELD TEXT`; the text has to say what to go on with. */
export function parseAssume(context: CommandContext): Parsed {
  return withText(context, (field, text) => {
    if (!saysNothing(context, field, text)) return { field, text, assumed: true };
    const later = form(`defer ${field} DATE @NAME`);
    const never = form(`na ${field}`);
    return {
      problem: `${quote(text)} is no assumption: it does not say what to go on with, as ${form(`assume ${field} …`)} would. If the answer comes later: ${later}. If there will be none: ${never}.`,
    };
  });
}

function withText(
  context: CommandContext,
  answer: (field: FieldId, text: string) => SaidAnswer | Problem,
): Parsed {
  const read = readField(context);
  if (isProblem(read)) return read;
  const own = hasOwnCommand(read.field, context.policy);
  if (own) return own;
  if (read.rest === '') {
    return wrong(context, `The value for ${quote(read.field)} is missing.`);
  }
  const said = answer(read.field, read.rest);
  return isProblem(said) ? said : { kind: 'answer', answers: [said] };
}

/** `take FIELD`: what stands in a comment or under an example. */
export function parseTake(context: CommandContext): Parsed {
  const read = readField(context);
  if (isProblem(read)) return read;
  const own = hasOwnCommand(read.field, context.policy);
  if (own) return own;
  const offer = context.offers.byField.get(read.field);
  if (!offer) {
    return {
      problem: `I found no answer to ${quote(read.field)} in a comment that I could take.`,
    };
  }
  return { kind: 'take', field: read.field, from: offer.from };
}

/** That nobody has a role, or not yet, gives nobody a right: everybody who answers may say it. */
function hasOwnCommandToo(field: FieldId, policy: Policy): Problem | null {
  return policy.roles.some((role) => role.field === field) ? null : hasOwnCommand(field, policy);
}

/** `na FIELD [REASON]` */
export function parseNotApplicable(context: CommandContext): Parsed {
  const read = readField(context);
  if (isProblem(read)) return read;
  const own = hasOwnCommandToo(read.field, context.policy);
  if (own) return own;
  const reason = read.rest === '' ? '' : ` - ${read.rest}`;
  return { kind: 'answer', answers: [{ field: read.field, text: `N/A${reason}` }] };
}

/** `defer FIELD DATE [@OWNER]`; without an owner it is who wrote it. Undefined while GitLab has to be asked who that is. */
export function parseDefer(context: CommandContext): Parsed | undefined {
  const read = readField(context);
  if (isProblem(read)) return read;
  const own = hasOwnCommandToo(read.field, context.policy);
  if (own) return own;
  const [, handle] = /(?:^|\s)@([\w][\w.-]*)/u.exec(read.rest) ?? [];
  const words = read.rest.replace(/(?:^|\s)@[\w][\w.-]*/u, ' ').trim();
  const day = readDay(context, words);
  if (isProblem(day)) return day;
  const far = tooFar(read.field, day, context);
  if (far) return far;
  const owner = handle === undefined ? context.note.author : readUser(context, handle);
  if (owner === undefined || isProblem(owner)) return owner;
  const text = `TBD by ${day} @${owner.username}`;
  return { kind: 'answer', answers: [{ field: read.field, text, until: day }] };
}

/** `estimate URL AMOUNT`; which questions that answers is the policy's. */
export function parseEstimate(context: CommandContext): Parsed {
  const { spec, args } = context;
  const [url, amount] = firstWord(args);
  const answers = [
    ...saidFor(context, spec.fields.get('url'), url, 'a link'),
    ...saidFor(context, spec.fields.get('amount'), amount, 'one amount'),
  ];
  const problem = answers.find(isProblem);
  if (problem) return problem;
  return {
    kind: 'estimate',
    answers: answers.filter((each): each is SaidAnswer => !isProblem(each)),
  };
}

/** `sow URL` */
export function parseSow(context: CommandContext): Parsed {
  const [answer] = saidFor(context, context.spec.fields.get('url'), context.args, 'a link');
  if (answer === undefined || isProblem(answer)) return answer ?? wrong(context, '');
  return { kind: 'answer', answers: [answer] };
}

/** `accept scope|price`; "scope and price" is both, each of them once. */
export function parseAccept(context: CommandContext): Parsed {
  const { spec, args } = context;
  const words = args.split(/[\s,;&+]+/u).filter((word) => word !== '' && !/^and$/iu.test(word));
  const read = [words[0] ?? '', ...words.slice(1)].map((word) =>
    readOne(context, word, [...spec.fields.keys()]),
  );
  const problem = read.find(isProblem);
  if (problem) return problem;
  const fields = new Set(read.flatMap((each) => (isProblem(each) ? [] : [spec.fields.get(each)])));
  return {
    kind: 'answer',
    answers: [...fields].flatMap((field) => (field ? [{ field, text: spec.says }] : [])),
  };
}

/** An address, with or without its scheme: `docs.example/e/1`. */
const looksLikeLink = /^<?(?:https?:\/\/\S+|[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?)>?$/iu;

/** A figure with its currency, and nothing else: no sign, no bound, no range, nothing added to it. */
function isOneAmount(
  text: string,
  { value, min, max, approximate }: ParsedValue,
  policy: Policy,
): boolean {
  const parts = /^([\p{L}\p{Sc}]{0,8})\s?\d+(?:[.,'’ ]\d+)*([\p{L}\p{Sc}\s]*)$/u.exec(text.trim());
  if (!parts || approximate || min !== value || max !== value) return false;
  const words = [parts[1] ?? '', ...(parts[2] ?? '').split(/\s+/u)].filter(Boolean);
  return words.filter((word) => multiplier(word, policy) === null).length <= 1;
}

/** An answer that has to be readable, or the sentence that says what was expected. */
function saidFor(
  context: CommandContext,
  field: FieldId | undefined,
  text: string,
  expected: string,
): readonly (SaidAnswer | Problem)[] {
  const { policy, note } = context;
  const question = field === undefined ? undefined : policy.questionById.get(field);
  if (field === undefined || !question) return [];
  const parsed = parseAnswer(text, question, policy, note.createdAt.slice(0, 10));
  const { state, value } = parsed;
  const link = question.type === 'url';
  // Words, a range or a sum are kept as the answer to a question about money, but an order needs the one figure.
  const figure =
    question.type !== 'money' || (typeof value === 'number' && isOneAmount(text, parsed, policy));
  if (link ? looksLikeLink.test(text) : state === 'answered' && figure) {
    return [{ field, text }];
  }
  const read =
    text === '' ? `${expected} is missing` : `I could not read ${quote(text)} as ${expected}`;
  return [wrong(context, `${read.charAt(0).toUpperCase()}${read.slice(1)}.`)];
}
