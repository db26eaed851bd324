/** Three-valued logic of conditions, and the look-up of variables that notes which were absent. */
import type { FieldId } from '../core/model.ts';
import type { Condition, Scope, Truth } from '../core/policy.ts';

export const TRUE: Truth = Object.freeze({ is: true });
export const FALSE: Truth = Object.freeze({ is: false });

export function unknown(missing: Iterable<FieldId>): Truth {
  return { is: 'unknown', missing: [...new Set(missing)] };
}

/** A compiled part of a condition. */
export type Part = (scope: Lookup) => Truth;

function missingOf(truth: Truth): readonly FieldId[] {
  return truth.is === 'unknown' ? truth.missing : [];
}

/** `false` on either side settles it, whatever the other side does not know. */
export function and(left: Part, right: Part): Part {
  return (scope) => {
    const a = left(scope);
    if (a.is === false) return FALSE;
    const b = right(scope);
    if (b.is === false || (a.is === true && b.is === true)) return b;
    return unknown([...missingOf(a), ...missingOf(b)]);
  };
}

/** `true` on either side settles it. */
export function or(left: Part, right: Part): Part {
  return (scope) => {
    const a = left(scope);
    if (a.is === true) return TRUE;
    const b = right(scope);
    if (b.is === true || (a.is === false && b.is === false)) return b;
    return unknown([...missingOf(a), ...missingOf(b)]);
  };
}

export function not(part: Part): Part {
  return (scope) => {
    const truth = part(scope);
    if (truth.is === 'unknown') return truth;
    return truth.is ? FALSE : TRUE;
  };
}

export function choose(condition: Part, yes: Part, no: Part): Part {
  return (scope) => {
    const truth = condition(scope);
    if (truth.is === 'unknown') return truth;
    return truth.is ? yes(scope) : no(scope);
  };
}

/** What a compiler knows of names, as far as evaluation needs it. */
export interface KnownNames {
  readonly fields: ReadonlySet<FieldId>;
  readonly facts: ReadonlyMap<string, Condition>;
  /** Lists and limits of the policy: always there. */
  readonly constants: ReadonlyMap<string, unknown>;
}

/**
 * The scope as cel-js reads it (it takes a Map and calls `get`). A fact that the scope does not hold is
 * worked out here; absent fields are noted in `missing`.
 */
export class Lookup extends Map<string, unknown> {
  readonly #scope: Scope;
  readonly #known: KnownNames;
  readonly #facts = new Map<string, Truth>();
  missing: FieldId[] = [];

  constructor(scope: Scope, known: KnownNames) {
    super();
    this.#scope = scope;
    this.#known = known;
  }

  override get(name: string): unknown {
    const value = this.#known.constants.get(name) ?? this.#scope.get(name);
    if (value !== undefined) return value;
    const fact = this.#known.facts.get(name);
    if (fact === undefined) {
      if (this.#known.fields.has(name)) this.missing.push(name);
      return undefined;
    }
    const truth = this.#truthOf(name, fact);
    if (truth.is !== 'unknown') return truth.is;
    this.missing.push(...truth.missing);
    return undefined;
  }

  #truthOf(name: string, fact: Condition): Truth {
    let truth = this.#facts.get(name);
    if (truth === undefined) {
      truth = fact.evaluate(this.#scope);
      this.#facts.set(name, truth);
    }
    return truth;
  }
}
