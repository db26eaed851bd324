/** Walks a CEL expression: which names it uses, which limits, and which fixed words it compares them with. */
import type { ASTNode } from '@marcbachmann/cel-js';

/** A fixed word and what it is compared with; `of` is a name, `states[]` the value of an answer's state. */
export interface FixedWord {
  readonly of: string;
  readonly word: string;
}

export interface Uses {
  /** Free names, in order of first use. */
  readonly names: ReadonlySet<string>;
  /** Those of the names without which there is no result: not only in a branch or in an `exists(x, …)`. */
  readonly strict: ReadonlySet<string>;
  /** Paths below `limits`, e.g. `migration_plus.projects`. */
  readonly limits: ReadonlySet<string>;
  readonly words: readonly FixedWord[];
  /** Names that are compared with another name: `s in git_scm` within `sources.exists(s, …)`. */
  readonly pairs: readonly { readonly of: string; readonly name: string }[];
  /** Calls on fixed values only, such as `timestamp('2026-13-01')`: they can be tried at once. */
  readonly fixedCalls: readonly ASTNode[];
  /** Fixed regular expressions given to `matches`. */
  readonly patterns: readonly string[];
  /** Lists of regular expressions given to `mentions`. */
  readonly wordings: ReadonlySet<string>;
}

const MACROS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

/** Name of an iteration variable → the name whose items it takes, null when that is not a plain name. */
type Bound = ReadonlyMap<string, string | null>;

/** What an expression uses. Names bound by `exists(x, …)` and the like are not free. */
export function usesOf(root: ASTNode): Uses {
  const names = new Set<string>();
  const strict = new Set<string>();
  const limits = new Set<string>();
  const words: FixedWord[] = [];
  const pairs: { of: string; name: string }[] = [];
  const fixedCalls: ASTNode[] = [];
  const patterns: string[] = [];
  const wordings = new Set<string>();

  /** The name that a part of a comparison stands for, if it is one. */
  function subject(node: ASTNode, bound: Bound): string | null {
    if (node.op === 'id') return bound.has(node.args) ? (bound.get(node.args) ?? null) : node.args;
    if (node.op !== '[]') return null;
    const [of] = node.args;
    return of.op === 'id' && of.args === 'states' && !bound.has('states') ? 'states[]' : null;
  }
  function compare(of: string | null, node: ASTNode, bound: Bound): void {
    if (of === null) return;
    if (node.op === 'id' && !bound.has(node.args)) pairs.push({ of, name: node.args });
    if (node.op === 'list') for (const item of node.args) compare(of, item, bound);
    if (node.op === 'value' && typeof node.args === 'string') words.push({ of, word: node.args });
  }
  function limitPath(node: ASTNode, bound: Bound): string | null {
    if (node.op === 'id') return node.args === 'limits' && !bound.has('limits') ? '' : null;
    if (node.op !== '.') return null;
    const above = limitPath(node.args[0], bound);
    return above === null ? null : above === '' ? node.args[1] : `${above}.${node.args[1]}`;
  }

  function noteWordings(list: ASTNode | undefined): void {
    if (list?.op === 'id') wordings.add(list.args);
  }

  function walk(node: ASTNode, bound: Bound, needed: boolean): void {
    switch (node.op) {
      case 'value':
        return;
      case 'id':
        if (bound.has(node.args)) return;
        names.add(node.args);
        if (needed) strict.add(node.args);
        return;
      case '.': {
        const path = limitPath(node, bound);
        if (path !== null) limits.add(path);
        else {
          // `said.users_planned` is `said['users_planned']`.
          const of = subject(node.args[0], bound);
          if (of !== null) words.push({ of, word: node.args[1] });
          walk(node.args[0], bound, needed);
        }
        return;
      }
      case '.?':
        walk(node.args[0], bound, needed);
        return;
      case '!_':
      case '-_':
        walk(node.args, bound, needed);
        return;
      case 'call':
        if (node.args[1].every(({ op }) => op === 'value')) fixedCalls.push(node);
        if (node.args[0] === 'mentions') noteWordings(node.args[1][1]);
        for (const arg of node.args[1]) walk(arg, bound, needed && node.args[0] !== 'has');
        return;
      case 'rcall':
        walkMethod(node.args, bound, needed);
        return;
      case 'list':
        for (const item of node.args) walk(item, bound, needed);
        return;
      case 'map':
        for (const item of node.args.flat()) walk(item, bound, needed);
        return;
      case '?:':
        for (const [i, part] of node.args.entries()) walk(part, bound, needed && i === 0);
        return;
      case '&&':
      case '||':
        for (const part of node.args) walk(part, bound, false);
        return;
      default: {
        const [left, right] = node.args;
        if (node.op === '==' || node.op === '!=' || node.op === 'in') {
          compare(subject(left, bound), right, bound);
          compare(subject(right, bound), left, bound);
        }
        if (node.op === '[]' && left.op === 'id') compare(subject(left, bound), right, bound);
        walk(left, bound, needed);
        walk(right, bound, needed);
      }
    }
  }
  function walkMethod(
    [method, receiver, args]: [string, ASTNode, ASTNode[]],
    bound: Bound,
    needed: boolean,
  ): void {
    const [first, ...rest] = args;
    const binds = first?.op === 'id' ? first.args : null;
    if (method === 'bind' && receiver.op === 'id' && receiver.args === 'cel' && binds !== null) {
      const [value, body] = rest;
      if (value) walk(value, bound, needed);
      if (body) walk(body, new Map(bound).set(binds, value ? subject(value, bound) : null), needed);
      return;
    }
    if (method === 'matches' && first?.op === 'value') patterns.push(String(first.args));
    walk(receiver, bound, needed);
    if (!MACROS.has(method) || binds === null) {
      for (const arg of args) walk(arg, bound, needed);
      return;
    }
    const inside = new Map(bound).set(binds, subject(receiver, bound));
    for (const arg of rest) walk(arg, inside, false);
  }

  walk(root, new Map(), true);
  return { names, strict, limits, words, pairs, fixedCalls, patterns, wordings };
}

/** Whether two parts of parsed expressions are the same but for their places. */
export function isSameExpression(a: unknown, b: unknown): boolean {
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((x, i) => isSameExpression(x, b[i]))
    );
  }
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) {
    return Object.is(a, b);
  }
  const [left, right] = [a as Partial<ASTNode>, b as Partial<ASTNode>];
  return left.op !== undefined && left.op === right.op && isSameExpression(left.args, right.args);
}
