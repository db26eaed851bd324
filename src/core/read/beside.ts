/** The rows right above and below a statement: what shares its words is most likely about the same. */
import type { Policy } from '../policy.ts';
import { perObject } from './memo.ts';
import type { Statement } from './statement.ts';

/**
 * The row right above, and the one right below, count as much as so many rows elsewhere in the section, less
 * when their group is so large that its rows stand beside everything.
 */
const aboveCounts = 12;
const belowCounts = 6;
const smallGroup = 12;

/** So many rows above and below are close. */
const rowsBeside = 2;
/** So many of them are of one group: the row stands among them, whatever else the section asks. */
const rowsAmong = 3;

/** How many questions each group has. */
export const groupSizes = perObject((policy: Policy): ReadonlyMap<string, number> => {
  const sizes = new Map<string, number>();
  for (const { group } of policy.questions) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return sizes;
});

/** The rows right above, whose homes are known by then, and right below, when they have one home only. */
export class Beside {
  private readonly statements: readonly Statement[];
  private readonly policy: Policy;
  private readonly sizes: ReadonlyMap<string, number>;
  private last: Statement | null = null;

  constructor(statements: readonly Statement[], policy: Policy) {
    this.statements = statements;
    this.policy = policy;
    this.sizes = groupSizes(policy);
  }

  /** Notes where a statement went, and gives it back. */
  placed(statement: Statement): Statement {
    this.last = statement;
    return statement;
  }

  /** How much the groups of both count, as far as they stand in the same section. */
  groups(at: number): ReadonlyMap<string, number> {
    const here = this.statements[at];
    const below = this.statements[at + 1];
    const counts = new Map<string, number>();
    const add = (row: Statement | null | undefined, weight: number): void => {
      const group = row ? this.policy.questionById.get(row.field)?.group : undefined;
      if (group === undefined || row?.section !== here?.section) return;
      const size = this.sizes.get(group) ?? smallGroup;
      counts.set(group, (counts.get(group) ?? 0) + weight * Math.min(1, smallGroup / size));
    };
    add(this.last, aboveCounts);
    if (!below?.fields) add(below, belowCounts);
    return counts;
  }

  /** The groups of the rows right above and below a line that is none of them. */
  around({ line, section }: Pick<Statement, 'line' | 'section'>): ReadonlySet<string> {
    let [low, high] = [0, this.statements.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.statements[middle]?.line ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    const rows = [this.statements[low - 1], this.statements[low]];
    return new Set(
      rows.flatMap((row) => {
        const known = row && !row.fields && row.section === section;
        return (known && this.policy.questionById.get(row.field)?.group) || [];
      }),
    );
  }

  /** Groups to which nearly all of the rows right above and below belong, or may do so. */
  surrounding(at: number): ReadonlySet<string> {
    const counts = new Map<string, number>();
    for (let i = Math.max(0, at - rowsBeside); i <= at + rowsBeside; i++) {
      const { field, fields, section, table } = this.statements[i] ?? {};
      const here = section === this.statements[at]?.section && table === this.statements[at]?.table;
      if (field === undefined || !here || i === at) continue;
      const groups = (fields ?? [field]).map((each) => this.policy.questionById.get(each)?.group);
      for (const group of new Set(groups)) {
        if (group !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
      }
    }
    return new Set([...counts].flatMap(([group, rows]) => (rows >= rowsAmong ? [group] : [])));
  }
}
