/** `completion SHELL`: prints a script that completes commands, options, their values and files. */
import type { Command } from 'commander';
import { commandTree, type Node, type Takes } from './command-tree.ts';
import { exitCodes } from './failure.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export function completion(shell: Shell, program: Command): number {
  const nodes = commandTree(program);
  const write = { bash: bashScript, zsh: zshScript, fish: fishScript }[shell];
  process.stdout.write(write(program.name(), nodes));
  return exitCodes.fine;
}

/** Needs nothing but bash; in `$at` stand the commands typed so far. */
function bashScript(name: string, nodes: readonly Node[]): string {
  const cases = nodes.map((node) => {
    const values = node.options.flatMap(({ flags, takes }) =>
      takes.kind === 'nothing'
        ? []
        : [
            `      ${flags.map((flag) => `'${node.path}|${flag}'`).join('|')}) ${bashReply(takes)} ;;`,
          ],
    );
    return values.join('\n');
  });
  const words = nodes.map((node) => {
    const flags = node.options.flatMap((option) => option.flags);
    const commands = node.commands.map((each) => each.name);
    const rest = node.argument.kind === 'nothing' ? '' : ` ${bashReply(node.argument)};`;
    return [
      `    '${node.path}')`,
      `      if [[ $cur == -* ]]; then _scoping_bot_words '${flags.join(' ')}'; else _scoping_bot_words '${commands.join(' ')}';${rest} fi ;;`,
    ].join('\n');
  });
  const paths = nodes.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`);
  return `# bash completion of ${name}; load it with: source <(${name} completion bash)
_scoping_bot_words() { COMPREPLY+=($(compgen -W "$1" -- "$cur")); }
_scoping_bot_files() { compopt -o filenames 2>/dev/null; local IFS=$'\\n'; COMPREPLY+=($(compgen -f -- "$cur")); }
_scoping_bot() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" at='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${at:+$at }\${COMP_WORDS[i]}" in
      ${paths.join('|')}) at="\${at:+$at }\${COMP_WORDS[i]}" ;;
    esac
  done
  # --option=value comes as three words.
  if [[ $cur == '=' ]]; then cur=''; elif [[ $prev == '=' ]]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  case "$at|$prev" in
${cases
  .filter((each) => each !== '')
  .join('\n')
  .replace(/ ;;$/gm, '; return ;;')}
  esac
  case "$at" in
${words.join('\n')}
  esac
}
complete -F _scoping_bot ${name}
`;
}

function bashReply(takes: Takes): string {
  if (takes.kind === 'words') return `_scoping_bot_words '${takes.words.join(' ')}'`;
  return takes.kind === 'file' ? '_scoping_bot_files' : ':';
}

function zshScript(name: string, nodes: readonly Node[]): string {
  const functions = nodes.map((node) => {
    const options = node.options.map((option) => `    ${zshOption(option)}`);
    const commands = node.commands.map(
      (each) => `      ${quote(`${each.name.replaceAll(':', '\\:')}:${each.description}`)}`,
    );
    const isGroup = node.commands.length > 0;
    const own = isGroup
      ? ["    '1: :->command'", "    '*:: :->rest'"]
      : node.argument.kind === 'nothing'
        ? []
        : [
            `    ${quote(`*:${node.argument.kind === 'file' ? 'file' : 'value'}:${zshValues(node.argument)}`)}`,
          ];
    const inner = isGroup
      ? [
          '  case $state in',
          '    command)',
          '      local -a commands=(',
          ...commands.map((each) => `  ${each}`),
          '      )',
          '      _describe command commands ;;',
          '    rest)',
          `      (( $+functions[${zshName(node.path)}_$words[1]] )) && ${zshName(node.path)}_$words[1] ;;`,
          '  esac',
        ]
      : [];
    return [
      `${zshName(node.path)}() {`,
      '  local curcontext="$curcontext" state line',
      '  _arguments -C \\',
      [...options, ...own].join(' \\\n'),
      ...inner,
      '}',
    ].join('\n');
  });
  return [
    `#compdef ${name}`,
    `# zsh completion of ${name}`,
    ...functions,
    // Sourced, it registers itself; found in $fpath, it is the function.
    `if [[ $funcstack[1] == _${name} ]]; then _scoping_bot "$@"; else compdef _scoping_bot ${name}; fi`,
    '',
  ].join('\n');
}

function zshName(path: string): string {
  return ['_scoping_bot', ...path.split(' ').filter((word) => word !== '')].join('_');
}

function zshOption({ flags, description, takes }: Node['options'][number]): string {
  const about = `[${description.replace(/[[\]:]/g, '\\$&')}]`;
  const value = takes.kind === 'nothing' ? '' : `:value:${zshValues(takes)}`;
  const [first = '', ...others] = flags;
  // Its spellings exclude each other.
  return others.length === 0
    ? quote(`*${first}${about}${value}`)
    : `${quote(`(${flags.join(' ')})`)}{${flags.join(',')}}${quote(`${about}${value}`)}`;
}

function zshValues(takes: Takes): string {
  if (takes.kind === 'words') return `(${takes.words.join(' ')})`;
  return takes.kind === 'file' ? '_files' : ' ';
}

function fishScript(name: string, nodes: readonly Node[]): string {
  const lines = nodes.flatMap((node) => {
    const at = quote(fishCondition(node));
    return [
      ...node.commands.map(
        (each) => `complete -c ${name} -n ${at} -f -a ${each.name} -d ${quote(each.description)}`,
      ),
      ...node.options.map(({ flags, description, takes }) => {
        const spelt = flags.map((flag) =>
          flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
        );
        return `complete -c ${name} -n ${at} ${spelt.join(' ')}${fishTakes(takes, '-x ')} -d ${quote(description)}`;
      }),
      ...(node.argument.kind === 'nothing' || node.argument.kind === 'text'
        ? []
        : [`complete -c ${name} -n ${at}${fishTakes(node.argument, '-f ')}`]),
    ];
  });
  return [`# fish completion of ${name}`, `complete -c ${name} -f`, ...lines, ''].join('\n');
}

/** All its words were typed, and none of the commands below it. */
function fishCondition({ path, commands }: Node): string {
  const seen = path.split(' ').filter((word) => word !== '');
  const below = commands.map(({ name }) => name);
  const conditions = [
    ...seen.map((word) => `__fish_seen_subcommand_from ${word}`),
    ...(below.length > 0 ? [`not __fish_seen_subcommand_from ${below.join(' ')}`] : []),
  ];
  return conditions.join('; and ') || 'true';
}

function fishTakes(takes: Takes, only: string): string {
  if (takes.kind === 'nothing') return '';
  if (takes.kind === 'file') return ' -r -F';
  return ` ${only}${takes.kind === 'words' ? `-a ${quote(takes.words.join(' '))}` : ''}`.trimEnd();
}

/** For all three shells; fish reads a backslash inside single quotes only before a quote. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
