/** A checked document together with its places: says "here, this is wrong" in file, line and path. */

import { didYouMean } from '../core/nearest.ts';
import { pathName } from './issues.ts';
import { type Located, spotOf } from './located.ts';
import type { Problems } from './problems.ts';
import type { PolicyDocument } from './schema.ts';

export type Path = readonly (string | number)[];

export interface Site {
  readonly document: PolicyDocument;
  /** Adds a problem at the value under `path`. */
  complain(path: Path, message: string): void;
  /** Complains unless `id` is among `known`; `kind` is what it should be, as in "no such question". */
  mustKnow(path: Path, id: string, known: Iterable<string>, kind: string): void;
}

export function siteOf(document: PolicyDocument, tree: Located, problems: Problems): Site {
  function complain(path: Path, message: string): void {
    problems.add(spotOf(tree, path), `${pathName(document, path)}: ${message}`);
  }
  function mustKnow(path: Path, id: string, known: Iterable<string>, kind: string): void {
    const ids = [...known];
    if (ids.includes(id)) return;
    const few = ids.length > 0 && ids.length <= 20 ? ` Known: ${ids.join(', ')}.` : '';
    complain(path, `there is no ${kind} "${id}".${didYouMean(id, ids)}${few}`);
  }
  return { document, complain, mustKnow };
}
