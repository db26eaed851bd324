/** What an `.env` of before says otherwise than what `setup` was given now; pure, and silent about secrets. */
import { parseEnv } from 'node:util';

export interface EnvWanted {
  readonly gitlabUrl: string;
  /** Null: not known, so not compared. */
  readonly publicUrl: string | null;
  /** Full path and id of the project: either may stand in `PROJECTS`. */
  readonly project: { readonly path: string; readonly id: number };
}

/** One clause for each variable to be changed; what the file leaves to its default or to other files is no difference. */
export function envDifferences(text: string, wanted: EnvWanted): readonly string[] {
  const { GITLAB_URL, PUBLIC_URL, PROJECTS } = parseEnv(text);
  const { gitlabUrl, publicUrl, project } = wanted;
  return [
    ...otherAddress('GITLAB_URL', GITLAB_URL, gitlabUrl),
    ...(publicUrl === null ? [] : otherAddress('PUBLIC_URL', PUBLIC_URL, publicUrl)),
    ...(serves(PROJECTS, project) ? [] : [`PROJECTS lacks ${project.path}`]),
  ];
}

function otherAddress(
  variable: string,
  read: string | undefined,
  wanted: string,
): readonly string[] {
  const said = read?.trim().replace(/\/+$/, '') ?? '';
  if (said === '' || asAddress(said) === asAddress(wanted)) return [];
  return [`${variable} is ${withoutCredentials(said)}, and this run used ${wanted}`];
}

/** Case of the host, the standard port and a slash at the end say nothing. */
function asAddress(written: string): string {
  return URL.canParse(written) ? new URL(written).href.replace(/\/+$/, '') : written;
}

function withoutCredentials(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//');
}

function serves(list: string | undefined, { path, id }: EnvWanted['project']): boolean {
  const names = (list ?? '').split(',').map((name) => name.trim().toLowerCase());
  return (
    names.every((name) => name === '') ||
    [path.toLowerCase(), `${id}`].some((name) => names.includes(name))
  );
}
