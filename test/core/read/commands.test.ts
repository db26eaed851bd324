/** Which lines of a person's note are commands. */
import { describe, expect, it } from 'vitest';
import { readCommands } from '../../../src/core/read/commands.ts';

const names = { prefix: '/scoping', mention: 'scoping-bot' };
const read = (note: string) => readCommands(note, names).map(({ verb, args }) => `${verb}|${args}`);

describe('a command', () => {
  it.each([
    ['/scoping set tier Premium', 'set|tier Premium'],
    ['/scoping   SET  tier = Premium  ', 'set|tier = Premium'],
    ['/Scoping help', 'help|'],
    ['/scoping', '|'],
    ['@scoping-bot help', 'help|'],
    ['@Scoping-Bot: set tier Premium', 'set|tier Premium'],
    ['@scoping-bot, help', 'help|'],
    ['/scoping set goals `faster`', 'set|goals `faster`'],
    ['/scoping\u00a0help', 'help|'],
  ])('%j', (note, command) => expect(read(note)).toEqual([command]));

  it.each(['\n', '\r\n', '\r'])('is one of several, with line ends %j', (end) => {
    const note = ['Hi,', '/scoping accept scope', '', 'and', '@scoping-bot accept price', ''].join(
      end,
    );
    expect(readCommands(note, names)).toEqual([
      { verb: 'accept', args: 'scope', line: 2 },
      { verb: 'accept', args: 'price', line: 5 },
    ]);
  });
});

describe('no command', () => {
  it.each([
    'please /scoping help',
    ' /scoping help',
    '/scopinghelp',
    '/scoping-help me',
    '@scoping-bot-2 help',
    '@scoping-bots help',
    '> /scoping help',
    '>>>\n/scoping help\n>>>',
    '>>> \n/scoping help\n>>>',
    '```\n/scoping help\n```',
    '~~~\n/scoping help',
    'a\n\n    /scoping help',
    '`\n/scoping help\n`',
    '<!--\n/scoping help\n-->',
    'text <!--\n/scoping help\n--> text',
    '<pre>\n/scoping help\n</pre>',
    '- a\n  /scoping help',
    '',
  ])('%j', (note) => expect(read(note)).toEqual([]));

  it('hides those around it', () => {
    expect(read('/scoping help\n```\n/scoping won x\n```\n/scoping explain')).toEqual([
      'help|',
      'explain|',
    ]);
    expect(read('a ` b\n/scoping help')).toEqual(['help|']);
    expect(read('>>>\n/scoping help')).toEqual(['help|']);
  });

  it('is a mention when the bot has no name yet', () => {
    expect(readCommands('@scoping-bot help', { prefix: '/scoping', mention: null })).toEqual([]);
  });
});
