/** The text of a ready `.env` and of a policy to begin with; pure, so that it can be shown before it is written. */

export interface EnvStarter {
  /** Base URL of the GitLab. */
  readonly gitlabUrl: string;
  /** Null: a line to be filled in. */
  readonly gitlabToken: string | null;
  /** The username when the token is of a person's own account; null: of a bot's user. */
  readonly tokenOfPerson: string | null;
  /** What `setup` made or what is configured; null: not that kind. */
  readonly signingToken: string | null;
  readonly secretToken: string | null;
  readonly stateSecret: string;
  /** Full path. */
  readonly project: string;
  /** Path of the policy file as the bot finds it; null: the shipped policy. */
  readonly policyFile: string | null;
  /** Null: not known yet. */
  readonly publicUrl: string | null;
}

/** Names and meaning are those of the README; what is not known stands there as a comment. */
export function writeEnvStarter(given: EnvStarter): string {
  const { signingToken, secretToken } = given;
  const none = signingToken === null && secretToken === null;
  return `${[
    '# What the scoping bot needs to run. It holds secrets: keep it out of version control.',
    '',
    '# The GitLab, without /api/v4.',
    line('GITLAB_URL', given.gitlabUrl),
    ...aboutToken(given.tokenOfPerson),
    line('GITLAB_TOKEN', given.gitlabToken, 'glpat-...'),
    '',
    '# By this the bot knows that a webhook is from GitLab: one of the two, as it was given to the webhook.',
    ...(signingToken === null && !none
      ? []
      : [line('WEBHOOK_SIGNING_TOKEN', signingToken, 'whsec_...')]),
    ...(secretToken === null && !none ? [] : [line('WEBHOOK_SECRET_TOKEN', secretToken, '...')]),
    '# Signs what the bot notes in its own comments, so that it still knows it after a change of token. Keep it.',
    line('STATE_SECRET', given.stateSecret),
    '',
    '# Only these projects are served; several with commas between.',
    line('PROJECTS', given.project),
    '# Who is who, and what your team wants otherwise than as shipped.',
    line('POLICY', given.policyFile, 'policy.yaml'),
    '# Where GitLab reaches the bot; webhooks go to /webhooks/gitlab below it.',
    line('PUBLIC_URL', given.publicUrl, 'https://bot.example.com'),
  ].join('\n')}\n`;
}

function aboutToken(person: string | null): readonly string[] {
  if (person === null) return ["# A token of the bot's own user with scope api."];
  return [
    `# This is the token that setup was run with, of @${person}. Unless @${person} is the bot's own user, put a token of`,
    '# such a user here before "serve": README, "A smaller token for running" (scope api, role Reporter).',
  ];
}

/** Somebody of the project, for the people sections. */
export interface KnownMember {
  readonly username: string;
  readonly name: string;
  /** GitLab's access level, 30 for Developer. */
  readonly level: number;
}

const sections = [
  [
    'engagement_managers',
    'Engagement managers; the territories and segments they take. Empty: any.',
  ],
  ['solutions_architects', 'Solutions architects.'],
  ['customer_success_managers', 'Customer success managers.'],
  ['account_executives', 'Account executives.'],
  ['technical_architects', 'Technical architects.'],
  ['coordinators', 'Project coordinators.'],
] as const;

/** A policy that says nothing yet and passes `policy check`. */
export function writePolicyStarter(project: string, members: readonly KnownMember[]): string {
  return `${[
    '# Your policy. All that is not here is as shipped; "scoping-bot policy show" prints the whole.',
    'extends: default',
    `projects: [${JSON.stringify(project)}]`,
    '',
    ...suggest(members),
    '# Who is who. GitLab usernames without @, for example:',
    '#   engagement_managers:',
    '#     - { username: ada, territories: [emea], segments: [enterprise] }',
    'people:',
    ...sections.flatMap(([id, says]) => [`  # ${says}`, `  ${id}: []`]),
    '  # Who may approve what: usernames only, for example ps: [ada].',
    '  approvers: { ps: [], revenue: [], rdm: [], ta: [] }',
  ].join('\n')}\n`;
}

const roles = [
  [50, 'Owner'],
  [40, 'Maintainer'],
  [30, 'Developer'],
  [20, 'Reporter'],
  [15, 'Planner'],
] as const;

/** Who could be meant, by role; Guests are left out, because they are customers more often than colleagues. */
function suggest(members: readonly KnownMember[]): readonly string[] {
  const groups = roles.flatMap(([least, title], at) => {
    const most = roles[at - 1]?.[0] ?? Number.POSITIVE_INFINITY;
    const found = members
      .filter(({ level }) => level >= least && level < most)
      .map(({ username, name }) => `#     - { username: ${username} }  # ${oneLine(name)}`)
      .sort();
    return found.length > 0 ? [`#   ${title}`, ...found] : [];
  });
  if (groups.length === 0) return [];
  return ['# Members of the project; copy a line to where it belongs:', ...groups, ''];
}

/** Whatever people call themselves, a comment stays a comment. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/**
 * Quoted where a shell, Docker or Node would read something else than what stands there. Only within '…' do
 * they leave all signs alone, and they do not agree on how a ' is written there.
 */
function line(variable: string, value: string | null, example = ''): string {
  if (value === null) return `# ${variable}=${example}`;
  if (/^[\w./:+=,@%-]*$/.test(value)) return `${variable}=${value}`;
  if (value.includes("'")) {
    return `# ${variable}: its value has a ' in it, which shells, Docker and Node read differently. Set it where the bot runs, or choose a value without.`;
  }
  return `${variable}='${value}'`;
}
