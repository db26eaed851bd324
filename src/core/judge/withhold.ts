/** Takes known secrets out of what was read, before anything is judged of it or said about it (C41). */
import { type Exposed, maskKnown } from '../exposed.ts';
import type { Answer, Reading, Value } from '../model.ts';

/** The same reading when there are none. Addresses stay: how they are shown is decided where they are shown. */
export function withhold(reading: Reading, exposed: readonly Exposed[]): Reading {
  const secrets = exposed.filter(({ kind }) => kind !== 'address');
  if (secrets.length === 0) return reading;
  const mask = (text: string): string => maskKnown(text, secrets);
  return {
    ...reading,
    answers: new Map(
      [...reading.answers].map(([id, answer]) => [id, withoutSecrets(answer, mask)]),
    ),
    unplaced: reading.unplaced.map((each) => ({ ...each, text: mask(each.text) })),
    typedUnderExample: new Map(
      [...reading.typedUnderExample].map(([id, text]) => [id, mask(text)]),
    ),
  };
}

function withoutSecrets(answer: Answer, mask: (text: string) => string): Answer {
  return {
    ...answer,
    raw: mask(answer.raw),
    value: masked(answer.value, mask),
    ...(answer.statements
      ? { statements: answer.statements.map((each) => ({ ...each, raw: mask(each.raw) })) }
      : {}),
  };
}

function masked(value: Value, mask: (text: string) => string): Value {
  if (typeof value === 'string') return mask(value);
  return typeof value === 'object' && value !== null ? value.map(mask) : value;
}
