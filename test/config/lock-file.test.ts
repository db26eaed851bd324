/** What is installed is what was chosen: exact versions, a checksum for each, no address to fetch it from. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly inBundle?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}
const { packages } = read('package-lock.json') as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const installed = Object.entries(packages).filter(([path]) => path !== '');

/** Binaries of other platforms than the image's: npm locks their version only. */
function elsewhere({ optional, os, cpu, libc }: Locked): boolean {
  const here = (list: readonly string[] | undefined, name: string): boolean =>
    list?.includes(name) ?? true;
  return optional === true && !(here(os, 'linux') && here(cpu, 'x64') && here(libc, 'glibc'));
}

test('every package is locked by checksum and fetched from the registry that npm is set to', () => {
  expect(installed.length).toBeGreaterThan(100);
  expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  const loose = installed.filter(
    ([, locked]) =>
      !locked.integrity?.startsWith('sha512-') && !locked.inBundle && !elsewhere(locked),
  );
  expect(loose.map(([path]) => path)).toEqual([]);
});

test('direct dependencies name one version each', () => {
  const { dependencies, devDependencies } = read('package.json');
  for (const version of Object.values({ ...dependencies, ...devDependencies })) {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  }
});
