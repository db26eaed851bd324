/** The story that the demo tells first: one scoping issue from opening to hand-off, without a detour. */
import type { Sandbox } from '../sandbox/start.ts';
import { openScene } from './demo-scene.ts';
import { chapter, excerpt, say, sayFact, sayMarkdown } from './demo-tell.ts';
import type { DemoTexts } from './demo-texts.ts';

/** Lines of the hand-off that the terminal shows; in the issue it stands whole. */
const handOffLines = 13;

export async function tellStory(sandbox: Sandbox, texts: DemoTexts): Promise<void> {
  const sa = sandbox.as('sa-one');
  chapter('Samira, a solutions architect, opens a scoping issue. Half of it is still "to-do".');
  const scene = openScene(sandbox, 'Tarnfield Insurance', texts.opened);
  say(`Look at it: ${scene.address}`);
  await scene.shows('###');
  say('\nThe whole comment:\n');
  sayMarkdown(scene.look().comment ?? '');

  chapter('The answers come in: she edits the description …');
  sa.editDescription(scene.issue, texts.answered);
  await scene.shows('### Technical', 'still needed');

  chapter('… and the last answer, which came by phone, she gives in a comment.');
  scene.comment('sa-one', '/scoping set m_user_provisioning SCIM');
  await scene.shows('### Proposal', 'Next:', 'so I moved the issue on');

  chapter(
    'The proposal: Samira adds what it needs; Emre, the engagement manager, gives an estimate.',
  );
  sa.editDescription(scene.issue, texts.proposal);
  scene.comment('em-emea', '/scoping estimate https://docs.example.com/e/61 62,000 USD');
  await scene.shows('### Proposal · 5', 'Next:', '– **Technical Architect**');

  chapter(
    'It is above the limit, so Tove, a technical architect, looks at it. The customer accepts; Emre links the statement of work (SOW).',
  );
  scene.comment('ta-one', '/scoping approve ta');
  scene.comment('ae-one', '/scoping accept scope\n/scoping accept price');
  scene.comment('em-emea', '/scoping sow https://docs.example.com/sow/61');
  await scene.shows(
    '### SOW approval',
    'so I moved the issue on',
    '- PS lead',
    '- Rev',
    '- The Regional',
  );

  chapter(
    'Adela tries to approve it herself. That does not count, and a short reply tells her why.',
  );
  const { notes } = scene.look();
  scene.comment('ae-one', '/scoping approve ps');
  await scene.wait('a reply', (seen) => seen.notes > notes);
  sayFact('Reply', [scene.look().reply ?? '']);

  chapter('Those who may approve, do. The delivery team finds its summary in the same comment.');
  scene.comment('ps-director', '/scoping approve ps');
  scene.comment('rev-ops', '/scoping approve revenue');
  scene.comment('rdm-emea', '/scoping approve rdm');
  await scene.shows('### SOW approved', 'so I moved the issue on');
  say('');
  sayMarkdown(excerpt(scene.look().comment ?? '', '#### Hand-off', handOffLines));

  chapter('The customer signs.');
  scene.comment('em-emea', '/scoping won signed by both sides');
  await scene.shows('### Won', 'ended as **Won**');
  const { notes: all } = scene.look();
  say(
    `\nIn all, the bot wrote ${all} comments here: one that it edited in place, and ${all - 1} short reply.`,
  );
}
