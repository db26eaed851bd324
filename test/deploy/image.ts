/** The Dockerfile and .dockerignore as `npm run image:steps` reads them, with types. */
import { readText } from './read.ts';

export interface Step {
  readonly do: 'copy' | 'run';
  /** Of a copy: the stage that it takes from; null: the project. */
  readonly from: string | null;
  readonly sources: readonly string[];
}
export interface Stage {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  readonly volumes: readonly string[];
  readonly ports: readonly number[];
  readonly cmd: readonly string[];
  readonly entrypoint: readonly string[];
  readonly healthcheck: readonly string[];
}

// The scripts are plain JavaScript, which has no types to import.
export const { readDockerfile } = (await import('../../scripts/image/read.mjs' as string)) as {
  readonly readDockerfile: (text: string) => readonly Stage[];
};
export const { readIgnored } = (await import('../../scripts/image/ignore.mjs' as string)) as {
  readonly readIgnored: (text: string) => (path: string) => boolean;
};
export const stages = readDockerfile(readText('Dockerfile'));
