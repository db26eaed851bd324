/** The story that the demo tells: one scoping issue from opening to hand-off. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DEMO_PROJECT } from '../sandbox/seed.ts';
import type { Sandbox } from '../sandbox/start.ts';
import type { Issue } from '../sandbox/world.ts';
import { type Seen, see } from './demo-look.ts';
import { paint } from './paint.ts';

const patienceMs = 30_000;

/** `folder` holds the texts of the story. */
export async function tellStory(sandbox: Sandbox, folder: string): Promise<void> {
  const sa = sandbox.as('sa-one');
  const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  chapter('Samira, a solutions architect, opens a scoping issue. Half of it is still "to-do".');
  const issue = sa.createIssue(DEMO_PROJECT, {
    title: 'Tarnfield Insurance - Scope Issue and Write SOW',
    description: await text('1-opened.md'),
    labels: ['Services Calculator'],
  });
  say(`Look at it: ${sandbox.url}/${DEMO_PROJECT}/-/issues/${issue.iid}`);
  const look = (): Seen => see(sandbox, DEMO_PROJECT, issue);
  const reaches = (label: string) => watch(sandbox, () => look().labels.includes(label));
  await watch(sandbox, () => look().comment !== null);
  show(look(), { comment: true });

  chapter('The answers come in: she edits the description …');
  const before = look().comment;
  sa.editDescription(issue, await text('2-edited.md'));
  await watch(sandbox, () => look().comment !== before);
  show(look(), { comment: false });

  chapter('… and Adela, the account executive, answers what is left in a comment:');
  comment(sandbox, issue, 'ae-one', '/scoping set m_user_provisioning SCIM');
  await reaches('stage::proposal');
  show(look(), { comment: true });

  chapter(
    'The proposal: Samira adds what it needs, Emre, the engagement manager, gives an estimate.',
  );
  sa.editDescription(issue, await text('3-proposal.md'));
  comment(sandbox, issue, 'em-emea', '/scoping estimate https://docs.example.com/e/61 62,000 USD');
  await watch(sandbox, () => look().comment?.includes('`/scoping approve ta`') === true);
  show(look(), { comment: false });

  chapter(
    'It is above the limit, so a technical architect looks at it. The customer accepts; Emre links the SOW.',
  );
  comment(sandbox, issue, 'ta-one', '/scoping approve ta');
  comment(sandbox, issue, 'ae-one', '/scoping accept scope\n/scoping accept price');
  comment(sandbox, issue, 'em-emea', '/scoping sow https://docs.example.com/sow/61');
  await reaches('stage::sow-approval');
  show(look(), { comment: false });

  chapter('Adela tries to approve it herself. That does not count, and she is told why:');
  const notes = look().notes;
  comment(sandbox, issue, 'ae-one', '/scoping approve ps');
  await watch(sandbox, () => look().notes > notes);
  say(`  ${look().reply ?? ''}`);

  chapter('Those who may approve, do. The delivery team gets its summary in the same comment.');
  comment(sandbox, issue, 'ps-director', '/scoping approve ps');
  comment(sandbox, issue, 'rev-ops', '/scoping approve revenue');
  comment(sandbox, issue, 'rdm-emea', '/scoping approve rdm');
  await reaches('stage::sow-approved');
  await watch(sandbox, () => look().comment?.includes('Hand-off') === true);
  show(look(), { comment: true });

  chapter('The customer signs:');
  comment(sandbox, issue, 'em-emea', '/scoping won signed by both sides');
  await reaches('outcome::won');
  await watch(sandbox, () => look().comment?.startsWith('### Won') === true);
  show(look(), { comment: false });
  const { notes: all } = look();
  say(
    `\nIn all, the bot wrote ${all} comments here: one that it edited in place, and ${all - 1} short reply.`,
  );
}

function comment(sandbox: Sandbox, issue: Issue, author: string, body: string): void {
  const indent = ' '.repeat(author.length + 5);
  say(`  ${paint.dim(`@${author}`)}  ${body.replaceAll('\n', `\n${indent}`)}`);
  sandbox.as(author).comment(issue, body);
}

/** Waits until GitLab shows it; a story that gets stuck ends with a sentence, not with silence. */
async function watch(sandbox: Sandbox, happened: () => boolean): Promise<void> {
  const begun = performance.now();
  while (!happened()) {
    if (performance.now() - begun > patienceMs) {
      throw new Error(`The bot did not get there within ${patienceMs / 1_000} seconds.`);
    }
    await delay(10);
  }
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  await sandbox.settled();
  say(paint.dim(`(${seconds} s later)`));
}

function show({ labels, assignees, comment }: Seen, what: { comment: boolean }): void {
  say(`${paint.bold('Labels')}     ${labels.join('  ')}`);
  say(`${paint.bold('Assignees')}  ${assignees.join(', ') || 'nobody'}`);
  const text = comment ?? '';
  say(`${paint.bold('Comment')}    ${what.comment ? '' : text.split('\n')[0]}`);
  if (what.comment) say(foldDetails(text).replace(/^/gm, '  │ '));
}

/** As it looks in the browser: folded parts show their summary only. */
function foldDetails(markdown: string): string {
  return markdown
    .replace(/<details>\s*<summary>(.*?)<\/summary>[\s\S]*?<\/details>/g, '▸ $1')
    .replace(/\n{3,}/g, '\n\n');
}

function chapter(title: string): void {
  say(`\n${paint.bold(title)}\n`);
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
