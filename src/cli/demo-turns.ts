/** What people do when the road is not straight, told on a second issue: each turn with what the bot made of it. */
import type { Sandbox } from '../sandbox/start.ts';
import { openScene } from './demo-scene.ts';
import { chapter, say, sayFact, sayFor } from './demo-tell.ts';
import type { DemoTexts } from './demo-texts.ts';

const customer = 'Oakhollow Mills';
const dayMs = 86_400_000;

export async function tellTurns(sandbox: Sandbox, texts: DemoTexts): Promise<void> {
  const sa = sandbox.as('sa-one');
  const em = sandbox.as('em-emea');
  const inDays = (days: number): string =>
    new Date(sandbox.world.now().getTime() + days * dayMs).toISOString().slice(0, 10);

  chapter(
    'That was the straight road. Here is a second customer, with all the turns that come up.',
  );
  const scene = openScene(sandbox, customer, texts.opened);
  say(`Look at it: ${scene.address}`);
  await scene.shows('###');

  chapter('Emre cannot wait for the answers and moves it on. What was open then stays on record.');
  scene.comment('em-emea', '/scoping advance force they want a price before Friday');
  await scene.shows('moved this to **Proposal**', '**Intake**', '**Discovery**');

  chapter('The budget comes later: a pause. Nobody is asked for anything meanwhile.');
  scene.comment('em-emea', `/scoping hold ${inDays(30)} the budget comes next quarter`);
  await scene.shows('put this on hold');

  chapter('The budget is there after all. It goes on where it was.');
  scene.comment('em-emea', '/scoping resume');
  await scene.shows('### Proposal', 'Next:');

  chapter('A second server turns up: one step back, with the reason.');
  scene.comment('em-emea', '/scoping back Technical Evaluation a second server turned up');
  await scene.shows('moved this to **Technical Evaluation**');

  chapter(
    'The answers come in, for both servers: Samira edits the description, gives the last one in a comment. It returns by itself.',
  );
  sa.editDescription(scene.issue, texts.answered);
  sayFor('sa-one', '(edits the description)');
  scene.comment('sa-one', '/scoping set m_user_provisioning SCIM');
  await scene.shows('so I moved the issue on');

  chapter('Too early, Emre finds, and takes the last move of the bot back …');
  scene.comment('em-emea', '/scoping undo');
  await scene.shows('took the last move back', 'A person chose this stage');

  chapter('… and when he has had his look, he sends it on himself.');
  scene.comment('em-emea', '/scoping advance');
  await scene.shows('moved this to **Proposal**');

  chapter(
    'Why this lead, this manager, a statement of work? The bot can be asked; it names its rules (L1, K8).',
  );
  scene.comment('sa-one', '/scoping explain');
  await scene.shows('- Lead **', '- Engagement Manager `', '- This needs a **');

  chapter('Emre takes a label off that he does not agree with. It stays off.');
  em.removeLabels(scene.issue, 'fit::sow');
  await scene.shows('took the fit:: label off');

  chapter(
    'He sets another one. It stays too, and the comment says that the bot sees it differently.',
  );
  em.addLabels(scene.issue, 'fit::sku');
  await scene.shows('fit::sku was set by a person');

  chapter(
    'The licence deal falls through. Discovery passes to Casper, the customer success manager.',
  );
  scene.comment(
    'ae-one',
    '/scoping set opportunity_kind none\n/scoping set existing_customer yes\n/scoping assign csm @csm-one',
  );
  await scene.shows('discovery passed from');

  chapter('The customer accepts an estimate …');
  sa.editDescription(scene.issue, texts.proposal);
  scene.comment('em-emea', '/scoping estimate https://docs.example.com/e/62 38,000 USD');
  scene.comment('ae-one', '/scoping accept scope\n/scoping accept price');
  await scene.shows('✓ **Estimate**', '✓ **Scope accepted**', '✓ **Price accepted**');

  chapter('… and then the scope grows. The bot notices that the estimate no longer fits.');
  scene.comment('ae-one', '/scoping set users_planned 1,400');
  await scene.shows('The scope has changed', '– **Estimate**');

  chapter('A new estimate, so the customer is asked anew.');
  scene.comment('em-emea', '/scoping estimate https://docs.example.com/e/63 45,000 USD');
  await scene.shows('✓ **Estimate**', '– **Scope accepted**', '– **Price accepted**');

  chapter('The customer says no. Weeks later they call again, and Emre opens the issue anew.');
  scene.comment('em-emea', '/scoping lost no budget this year');
  await scene.shows('ended as **Lost**');
  em.reopen(scene.issue);
  await scene.shows('This was opened again');

  chapter(
    `Samira opens another issue for ${customer}. The bot finds the first one and links the two.`,
  );
  const second = openScene(sandbox, customer, texts.opened);
  await second.shows('another open scoping issue');
  const [link] = sandbox.world.links;
  if (link) sayFact('Linked', [`#${scene.issue.iid} ↔ #${second.issue.iid}`]);
  const written = scene.look().notes + second.look().notes;
  say(
    `\nIn all, the bot wrote ${written} comments on these two issues: one on each, edited in place through every turn.`,
  );
}
