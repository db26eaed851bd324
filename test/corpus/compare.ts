/** Compares the JSON of `check` with an expectation; gives the assertions and whether each holds. */

type Json = Record<string, unknown>;

export interface Assertion {
  readonly name: string;
  readonly holds: boolean;
  /** What was found, for the person who looks. */
  readonly found: unknown;
}

export interface Expectation {
  readonly title?: string;
  readonly labels?: readonly string[];
  readonly service_types?: {
    readonly contains?: readonly string[];
    readonly not?: readonly string[];
  };
  readonly answers?: Readonly<Record<string, Json>>;
  readonly any_of?: readonly (Json & { readonly fields: readonly string[] })[];
  readonly not_open?: readonly string[];
  readonly open?: readonly { readonly field: string; readonly reason_in?: readonly string[] }[];
  readonly findings?: { readonly contains?: readonly string[]; readonly not?: readonly string[] };
  readonly recommendation?: {
    readonly kind?: string;
    readonly kind_in?: readonly string[];
    readonly offering_in?: readonly string[];
    readonly confidence_in?: readonly string[];
  };
  readonly lead?: string;
  readonly lead_in?: readonly string[];
}

export interface CheckResult {
  readonly service_types: readonly { readonly id: string }[];
  readonly answers: Readonly<Record<string, Json>>;
  readonly open: readonly { readonly field: string; readonly reason: string }[];
  readonly findings: readonly { readonly id: string }[];
  readonly recommendation: {
    readonly kind: string;
    readonly offering: string | null;
    readonly confidence: string;
  };
  readonly lead: { readonly role: string };
}

export function compare(expected: Expectation, result: CheckResult): readonly Assertion[] {
  return [
    ...compareSets('service_types', expected.service_types, result.service_types),
    ...Object.entries(expected.answers ?? {}).flatMap(([field, wanted]) =>
      compareAnswer(field, wanted, result.answers[field]),
    ),
    ...(expected.any_of ?? []).map((wanted) => compareAny(wanted, result)),
    ...(expected.not_open ?? []).map((field) => {
      const asked = result.open.find((each) => each.field === field);
      return { name: `not_open ${field}`, holds: asked === undefined, found: asked?.reason };
    }),
    ...(expected.open ?? []).map(({ field, reason_in }) => {
      const asked = result.open.find((each) => each.field === field);
      const holds = asked !== undefined && (reason_in?.includes(asked.reason) ?? true);
      return { name: `open ${field}`, holds, found: asked?.reason };
    }),
    ...compareSets('findings', expected.findings, result.findings),
    ...compareOneOf(
      'recommendation.kind',
      result.recommendation.kind,
      expected.recommendation?.kind,
      expected.recommendation?.kind_in,
    ),
    ...compareOneOf(
      'recommendation.offering',
      result.recommendation.offering,
      undefined,
      expected.recommendation?.offering_in,
    ),
    ...compareOneOf(
      'recommendation.confidence',
      result.recommendation.confidence,
      undefined,
      expected.recommendation?.confidence_in,
    ),
    ...compareOneOf('lead', result.lead.role, expected.lead, expected.lead_in),
  ];
}

function compareSets(
  name: string,
  wanted: { readonly contains?: readonly string[]; readonly not?: readonly string[] } | undefined,
  found: readonly { readonly id: string }[],
): Assertion[] {
  const ids = found.map(({ id }) => id);
  return [
    ...(wanted?.contains ?? []).map((id) => ({
      name: `${name} contains ${id}`,
      holds: ids.includes(id),
      found: ids,
    })),
    ...(wanted?.not ?? []).map((id) => ({
      name: `${name} not ${id}`,
      holds: !ids.includes(id),
      found: ids,
    })),
  ];
}

function compareOneOf(
  name: string,
  found: string | null,
  one: string | undefined,
  several: readonly string[] | undefined,
): Assertion[] {
  const allowed = several ?? (one === undefined ? undefined : [one]);
  return allowed ? [{ name, holds: found !== null && allowed.includes(found), found }] : [];
}

function compareAnswer(field: string, wanted: Json, found: Json | undefined): Assertion[] {
  return Object.keys(wanted)
    .filter((key) => key !== 'fields')
    .map((key) => ({
      name: `answers ${field}.${key}`,
      holds: found !== undefined && keyHolds(key, wanted[key], found),
      found: found?.[key.replace(/_in$|_includes$/, '')],
    }));
}

function compareAny(
  wanted: Json & { readonly fields: readonly string[] },
  result: CheckResult,
): Assertion {
  const holds = wanted.fields.some((field) =>
    compareAnswer(field, wanted, result.answers[field]).every((each) => each.holds),
  );
  const found = wanted.fields.map((field) => result.answers[field]?.state);
  return { name: `any_of ${wanted.fields.join(', ')}`, holds, found };
}

function keyHolds(key: string, wanted: unknown, found: Json): boolean {
  switch (key) {
    case 'state':
      return (
        found.state === wanted || (isNo(found) && wanted === 'answered' && found.state === 'none')
      );
    case 'state_in':
      return (wanted as string[]).includes(String(found.state));
    case 'raw_includes':
      return bare(found.raw).includes(bare(wanted));
    case 'value':
      return sameValue(wanted, found.value) || (isNo(found) && (wanted === 0 || wanted === false));
    default:
      return sameValue(wanted, found[key]);
  }
}

/** A "no" may be `answered` false or 0, or `none`. */
function isNo(found: Json): boolean {
  return found.state === 'none' || found.value === false || found.value === 0;
}

function sameValue(wanted: unknown, found: unknown): boolean {
  if (Array.isArray(wanted) || Array.isArray(found)) {
    const one = new Set([wanted].flat().map(loose));
    const other = new Set([found].flat().map(loose));
    return one.size === other.size && [...one].every((each) => other.has(each));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    const keys = Object.keys(wanted);
    const object = (found ?? {}) as Json;
    return (
      keys.length === Object.keys(object).length &&
      keys.every((key) => sameValue((wanted as Json)[key], object[key]))
    );
  }
  return loose(wanted) === loose(found);
}

function loose(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return value
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/^@/, '')
    .replace(/[-_\s]/g, '');
}

function bare(value: unknown): string {
  return String(value ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
