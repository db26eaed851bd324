/** Compiles CEL conditions: typed by the policy's names, three-valued, never throwing once compiled. */
import { type ASTNode, Environment, type ParseError, serialize } from '@marcbachmann/cel-js';
import type { FieldId } from '../core/model.ts';
import { didYouMean } from '../core/nearest.ts';
import type { Condition, Scope } from '../core/policy.ts';
import { fold } from '../core/read/fold.ts';
import { isSameExpression, type Uses, usesOf } from './expression.ts';
import { type Limits, limitPaths, registerLimits } from './limits.ts';
import { mentionsBy, wordingPattern } from './mentions.ts';
import { type NameType, TAKEN_BY_CEL } from './names.ts';
import {
  and,
  choose,
  FALSE,
  type KnownNames,
  Lookup,
  not,
  or,
  type Part,
  TRUE,
  unknown,
} from './truth.ts';
import { isOlder, minorGap, newestOf, oldestOf } from './versions.ts';

interface CompilerNames {
  /** Every variable with its type, fields included. */
  readonly variables: ReadonlyMap<string, NameType>;
  readonly fields: ReadonlySet<FieldId>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly limits: Limits;
  /** Names that exist but not here, with the reason, such as "only gates know it". */
  readonly elsewhere: ReadonlyMap<string, string>;
}

/** A condition, or what is wrong with it in whole sentences. */
type Compiled =
  | { readonly condition: Condition; readonly uses: Uses }
  | { readonly wrong: readonly string[] };

/** More than any readable condition has; keeps evaluation shallow enough never to run out of stack. */
const MOST_PARTS = 2000;

/** A CEL environment that knows the names; facts are added one by one, each seeing those before it. */
export class ConditionCompiler {
  readonly #env: Environment;
  readonly #known: KnownNames & { readonly facts: Map<string, Condition> };
  /** What each name is, as messages say it. */
  readonly #types = new Map<string, NameType>();
  readonly #elsewhere: ReadonlyMap<string, string>;
  readonly #limitPaths: ReadonlySet<string>;
  readonly #lists: CompilerNames['lists'];

  constructor(names: CompilerNames) {
    const constants = new Map<string, unknown>(names.lists);
    this.#elsewhere = names.elsewhere;
    this.#limitPaths = new Set(limitPaths(names.limits));
    this.#env = new Environment({ limits: { maxAstNodes: MOST_PARTS } });
    for (const [name, type] of names.variables) this.#declare(name, type);
    for (const name of names.lists.keys()) this.#declare(name, 'list<string>');
    constants.set('limits', registerLimits(this.#env, names.limits));
    this.#env.registerFunction('minor_gap(string, string): int', minorGap);
    this.#env.registerFunction('older(string, string): bool', isOlder);
    this.#env.registerFunction('oldest(string): string', oldestOf);
    this.#env.registerFunction('newest(string): string', newestOf);
    this.#env.registerFunction('plain(string): string', fold);
    this.#env.registerFunction('mentions(string, list<string>): bool', mentionsBy(names.lists));
    this.#lists = names.lists;
    this.#known = { fields: names.fields, facts: new Map(), constants };
  }

  /** Makes a compiled fact nameable in what is compiled from now on. */
  addFact(id: string, is: Condition): void {
    this.#declare(id, 'bool');
    this.#known.facts.set(id, is);
  }

  /** A name that is already taken keeps its first meaning; `checkReferences` complains about the second. */
  #declare(name: string, type: NameType): void {
    if (this.#env.hasVariable(name) || TAKEN_BY_CEL.has(name)) return;
    this.#env.registerVariable(name, type);
    this.#types.set(name, type);
  }

  /** Compiles one expression; `wrong` when it does not parse or is not a truth value. Never throws. */
  compile(source: string): Compiled {
    try {
      const parsed = this.#env.parse(source);
      const uses = usesOf(parsed.ast);
      const strangers = [...uses.names].filter((name) => !this.#isKnown(name));
      if (strangers.length > 0) {
        return { wrong: strangers.map((name) => this.#noSuchName(name)) };
      }
      const wrong = this.#strangeLimits(uses);
      if (wrong.length > 0) return { wrong };
      const checked = parsed.check();
      if (checked.error) return { wrong: [this.#illTyped(checked.error, uses)] };
      if (checked.type !== 'bool') {
        return { wrong: [`It gives ${checked.type ?? 'nothing'}, but must be true or false.`] };
      }
      const failing = this.#failingConstants(uses);
      if (failing.length > 0) return { wrong: failing };
      const copy = this.#env.parse(serialize(parsed.ast));
      // Parts are compiled from their own text; when that text would not mean the same, the whole is one part.
      const isSafe = isSameExpression(parsed.ast, copy.ast);
      const part = isSafe ? this.#part(parsed.ast) : this.#leaf(source);
      const fields = [...this.#fieldsOf(uses)];
      const known = this.#known;
      const evaluate = (scope: Scope) => part(new Lookup(scope, known));
      return { condition: Object.freeze({ source, fields, evaluate }), uses };
    } catch (error) {
      return { wrong: [`It is not a CEL expression: ${summary(error)}.`] };
    }
  }

  /** Names of cel-js itself (types, `cel`) count as known; the type check judges their use. */
  #isKnown(name: string): boolean {
    return name === 'limits' || this.#env.hasVariable(name);
  }

  #noSuchName(name: string): string {
    const reason = this.#elsewhere.get(name);
    if (reason !== undefined) return `"${name}" cannot be named here: ${reason}.`;
    return `There is no "${name}" to name here.${didYouMean(name, this.#types.keys())}`;
  }

  /** A group of limits is no number, but `limits.small` alone is left to the type check. */
  #strangeLimits({ limits }: Uses): string[] {
    return [...limits]
      .filter((path) => !this.#limitPaths.has(path))
      .map((path) => `There is no limits.${path}.${didYouMean(path, this.#limitPaths)}`);
  }

  #illTyped(error: unknown, uses: Uses): string {
    const types = [...uses.names]
      .filter((name) => this.#types.has(name))
      .map((name) => `${name} is ${this.#types.get(name)}`);
    const hint = types.length > 0 ? ` (${types.join(', ')})` : '';
    return `The types do not fit: ${summary(error)}${hint}.`;
  }

  /** What can be tried without any answer and fails already, such as a date that does not exist. */
  #failingConstants({ fixedCalls, patterns, wordings }: Uses): string[] {
    const failing: string[] = [];
    const listed = [...wordings].flatMap((name) => this.#lists.get(name) ?? []);
    for (const pattern of [...patterns, ...listed]) {
      try {
        wordingPattern(pattern);
      } catch {
        failing.push(`"${pattern}" is not a regular expression.`);
      }
    }
    for (const call of fixedCalls) {
      const source = serialize(call);
      try {
        this.#env.evaluate(source);
      } catch (error) {
        failing.push(`${source} has no value: ${summary(error)}.`);
      }
    }
    return failing;
  }

  #part(node: ASTNode): Part {
    switch (node.op) {
      case '&&':
        return and(this.#part(node.args[0]), this.#part(node.args[1]));
      case '||':
        return or(this.#part(node.args[0]), this.#part(node.args[1]));
      case '!_':
        return not(this.#part(node.args));
      case '?:':
        return choose(this.#part(node.args[0]), this.#part(node.args[1]), this.#part(node.args[2]));
      case 'value':
        return node.args === true ? () => TRUE : () => FALSE;
      default:
        return this.#leaf(serialize(node));
    }
  }

  /**
   * A part without logic of its own: cel-js runs it; whatever keeps it from a truth value makes it unknown.
   * Absent names are looked for first, because cel-js spends a hundred times longer on throwing.
   */
  #leaf(source: string): Part {
    const run = this.#env.parse(source);
    run.check();
    const uses = usesOf(run.ast);
    const fields = [...this.#fieldsOf(uses)];
    const strict = [...uses.strict].filter((name) => this.#types.has(name));
    return (scope) => {
      scope.missing = [];
      let isAbsent = false;
      for (const name of strict) if (scope.get(name) === undefined) isAbsent = true;
      if (isAbsent) return unknown(scope.missing);
      // Nobody reads where an answer was missing, and looking that up is what makes throwing slow.
      const { stackTraceLimit } = Error;
      Error.stackTraceLimit = 0;
      try {
        const value: unknown = run(scope);
        if (typeof value === 'boolean') return value ? TRUE : FALSE;
      } catch {
        // Absent within `exists(x, …)`, or an answer that cannot be used ("16.x" has no minor release).
      } finally {
        Error.stackTraceLimit = stackTraceLimit;
      }
      return unknown(scope.missing.length > 0 ? scope.missing : fields);
    };
  }

  #fieldsOf(uses: Uses): Set<FieldId> {
    const fields = new Set<FieldId>();
    for (const name of uses.names) {
      if (this.#known.fields.has(name)) fields.add(name);
      for (const field of this.#known.facts.get(name)?.fields ?? []) fields.add(field);
    }
    for (const { of, word } of uses.words) {
      if (NAME_FIELDS.has(of) && this.#known.fields.has(word)) fields.add(word);
    }
    return fields;
  }
}

/** Names whose fixed words are field ids: `'csm' in answered` reads the field csm. */
export const NAME_FIELDS: ReadonlySet<string> = new Set([
  'rows',
  'answered',
  'states',
  'said',
  'copied_examples',
  'least',
  'most',
  'open_ended',
  'days_said',
]);

function summary(error: unknown): string {
  return (error as ParseError).summary ?? (error as Error).message;
}
