/** The command line as data, read from commander's own commands: what completion scripts are made of. */
import type { Command, Option } from 'commander';

export interface Node {
  /** Words after the program's name; '' for the program itself. */
  readonly path: string;
  readonly description: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly {
    /** All spellings: `-h`, `--help`. */
    readonly flags: readonly string[];
    readonly description: string;
    readonly takes: Takes;
  }[];
  /** What the words after the command are. */
  readonly argument: Takes;
}

/** What stands at a place: nothing, one of these words, a file, or words that nobody can guess. */
export type Takes =
  | { readonly kind: 'nothing' | 'file' | 'text' }
  | { readonly kind: 'words'; readonly words: readonly string[] };

/** The program first, then every command at any depth. */
export function commandTree(program: Command): readonly Node[] {
  const walk = (command: Command, path: string): readonly Node[] => [
    nodeOf(command, path),
    ...command.commands.flatMap((each) => walk(each, `${path} ${each.name()}`.trim())),
  ];
  return walk(program, '');
}

function nodeOf(command: Command, path: string): Node {
  const help = command.createHelp();
  const [argument] = command.registeredArguments;
  return {
    path,
    description: command.description(),
    commands: help
      .visibleCommands(command)
      .map((each) => ({ name: each.name(), description: each.description() })),
    options: help.visibleOptions(command).map((option) => ({
      flags: [option.short, option.long].filter((flag) => flag != null),
      description: option.description,
      takes: optionTakes(option),
    })),
    argument: argument ? takes(argument.name(), argument.argChoices) : { kind: 'nothing' },
  };
}

function optionTakes(option: Option): Takes {
  if (!option.required && !option.optional) return { kind: 'nothing' };
  return takes(option.flags, option.argChoices);
}

/** By the word that the help shows for it. */
function takes(shown: string, choices: readonly string[] | undefined): Takes {
  if (choices) return { kind: 'words', words: choices };
  return { kind: /\b(file|folder)\b/.test(shown.replace(/--\S+/g, '')) ? 'file' : 'text' };
}
