/** Layers one policy file over another, as `interfaces.md` §7 promises: maps merge, named items merge, the rest replaces. */

import { didYouMean } from '../core/nearest.ts';
import type { Located, LocatedList, LocatedMap } from './located.ts';
import type { Problems } from './problems.ts';

/** What an item of a list may be known by, the first that all of its neighbours have. */
const NAMING_KEYS = ['id', 'username', 'name', 'label'] as const;

function nameOf(item: Located, key: string): string | null {
  if (item.kind !== 'map') return null;
  const value = item.entries.get(key)?.value;
  if (value?.kind !== 'scalar' || value.value === null || value.value === '') return null;
  return String(value.value);
}

function namingKey(items: readonly Located[], quorum: 'every' | 'some'): string | null {
  if (items.length === 0) return null;
  return NAMING_KEYS.find((key) => items[quorum]((item) => nameOf(item, key) !== null)) ?? null;
}

function isRemoval(item: Located): boolean {
  if (item.kind !== 'map') return false;
  const remove = item.entries.get('remove')?.value;
  return remove?.kind === 'scalar' && remove.value === true;
}

/**
 * `over` on top of `base` (undefined: nothing below). Items keep the base's order, new ones follow in theirs.
 * An empty list replaces. Adds a problem for a name that stands twice in one list and for a removal of
 * something that is not there; never throws.
 */
export function layer(base: Located | undefined, over: Located, problems: Problems): Located {
  if (over.kind === 'map') return layerMap(base?.kind === 'map' ? base : undefined, over, problems);
  if (over.kind === 'list') {
    return layerList(base?.kind === 'list' ? base : undefined, over, problems);
  }
  return over;
}

function layerMap(base: LocatedMap | undefined, over: LocatedMap, problems: Problems): LocatedMap {
  const entries = new Map(base?.entries);
  for (const [name, { key, value }] of over.entries) {
    entries.set(name, { key, value: layer(entries.get(name)?.value, value, problems) });
  }
  return { ...over, entries };
}

function layerList(
  base: LocatedList | undefined,
  over: LocatedList,
  problems: Problems,
): LocatedList {
  const below = base?.items ?? [];
  const key = namingKey(below, 'every') ?? namingKey(over.items, 'some');
  const isNamed = key !== null && over.items.some((item) => nameOf(item, key) !== null);
  if (!isNamed) {
    return { ...over, items: over.items.map((item) => layer(undefined, item, problems)) };
  }

  const items = new Map<string, Located>();
  for (const item of below) items.set(nameOf(item, key) ?? '', item);
  const seen = new Map<string, number>();
  for (const item of over.items) {
    const name = nameOf(item, key);
    if (name === null) {
      problems.add(item, `This item has no "${key}"; the others of its list are known by it.`);
      continue;
    }
    const first = seen.get(name);
    if (first !== undefined) {
      problems.add(item, `The ${key} "${name}" stands twice in this list, first on line ${first}.`);
      continue;
    }
    seen.set(name, item.line);
    if (!isRemoval(item)) {
      items.set(name, layer(items.get(name), item, problems));
    } else if (!items.delete(name)) {
      problems.add(item, `There is no "${name}" to remove here.${didYouMean(name, items.keys())}`);
    }
  }
  return { ...over, items: [...items.values()] };
}
