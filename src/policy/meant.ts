/** What lacks keys is often no new thing but a misspelt old one: the name beside it that was probably meant. */
import { nearest } from '../core/nearest.ts';

type Path = readonly PropertyKey[];

/** What an item of a list is known by, as in `layer.ts`. */
const NAMING_KEYS = ['id', 'username', 'name', 'label'] as const;

/** Among shorter names, such as `C46` for a check, a new one is near an old one always. */
const SHORTEST = 4;

/** A name that may be misspelt, with where it stands and the name that is near it. */
export interface Misspelt {
  readonly path: Path;
  readonly read: string;
  readonly meant: string;
}

/**
 * Looks at the item or map under `path` and at what holds it, innermost first. `isNamed`: whether the key under a
 * path is a name that people choose, not one of the format. Null where nothing near stands beside it.
 */
export function misspeltAt(
  root: unknown,
  path: Path,
  isNamed: (path: Path) => boolean,
): Misspelt | null {
  for (let end = path.length; end > 0; end -= 1) {
    const here = path.slice(0, end);
    const step = here.at(-1);
    const holder = at(root, here.slice(0, -1));
    const [read, others] = Array.isArray(holder)
      ? itemNames(holder, Number(step))
      : [String(step), isNamed(here) ? keysBeside(holder, String(step)) : []];
    if (read === null || read.length < SHORTEST) continue;
    const meant = nearest(read, others);
    if (meant !== null) return { path: here, read, meant };
  }
  return null;
}

function itemNames(items: readonly unknown[], index: number): [string | null, readonly string[]] {
  const [name, ...others] = [items[index], ...items.filter((_, i) => i !== index)].map(nameOf);
  return [name ?? null, others.filter((each) => each !== null)];
}

function nameOf(item: unknown): string | null {
  if (typeof item !== 'object' || item === null) return null;
  const key = NAMING_KEYS.find((each) => Object.hasOwn(item, each));
  const name: unknown = key === undefined ? null : Reflect.get(item, key);
  return typeof name === 'string' || typeof name === 'number' ? String(name) : null;
}

function keysBeside(map: unknown, key: string): readonly string[] {
  if (typeof map !== 'object' || map === null) return [];
  return Object.keys(map).filter((each) => each !== key);
}

function at(root: unknown, path: Path): unknown {
  let node = root;
  for (const step of path) node = (node as Record<PropertyKey, unknown> | null | undefined)?.[step];
  return node;
}
