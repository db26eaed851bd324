/** The policy's numbers: as conditions name them, typed, and flat for sentences and the core. */
import type { Environment } from '@marcbachmann/cel-js';

/** Numbers by name; one level of groups. */
export type Limits = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

/** Numbers under `limits` by their path. */
export function flatLimits(limits: Limits): Map<string, number> {
  const flat = new Map<string, number>();
  for (const [name, value] of Object.entries(limits)) {
    if (typeof value === 'number') flat.set(name, value);
    else for (const [inner, number] of Object.entries(value)) flat.set(`${name}.${inner}`, number);
  }
  return flat;
}

/** Every path below `limits` that names something, groups included. */
export function limitPaths(limits: Limits): string[] {
  return Object.entries(limits).flatMap(([name, value]) =>
    typeof value === 'number' ? [name] : [name, ...limitPaths(value).map((p) => `${name}.${p}`)],
  );
}

/** Declares `limits` with a type of its own, so that a misspelt limit is found when the policy is loaded. */
export function registerLimits(env: Environment, limits: Limits): unknown {
  const declare = (type: string, group: Limits): Map<string, unknown> => {
    class Group extends Map<string, unknown> {}
    const values = new Group();
    const fields: Record<string, string> = {};
    for (const [name, value] of Object.entries(group)) {
      if (typeof value === 'number') {
        const isWhole = Number.isSafeInteger(value);
        values.set(name, isWhole ? BigInt(value) : value);
        fields[name] = isWhole ? 'int' : 'double';
      } else {
        fields[name] = `${type}_${name}`;
        values.set(name, declare(`${type}_${name}`, value));
      }
    }
    env.registerType(type, { ctor: Group, fields });
    return values;
  };
  const values = declare('Limits', limits);
  env.registerVariable('limits', 'Limits');
  return values;
}
