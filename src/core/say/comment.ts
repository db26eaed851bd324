/** The status comment: what it says and in which order. The hidden marker and state are added elsewhere. */
import type { Policy } from '../policy.ts';
import { writeFindings, writeRecommendation } from './advice.ts';
import { writeCrmHistory } from './crm-stage.ts';
import { writeDecisions } from './decisions.ts';
import { writeHandOff } from './hand-off.ts';
import { nothingRead, writeHeadline } from './headline.ts';
import { writeHelp } from './help.ts';
import { inertBlock, inertInline } from './inert.ts';
import { blocks, command, fold } from './markdown.ts';
import { writeLater, writeNeeded, writePapers } from './needed.ts';
import { writeGates, writeHistory, writePeople } from './people.ts';
import { ownForm } from './question.ts';
import { writeTable } from './templates.ts';
import { writeUnderstood, writeUnplaced } from './understood.ts';
import type { CommentView } from './view.ts';

/** GitLab takes a million characters; a few are left for what it may add. */
const LONGEST = 990_000;

/**
 * The visible Markdown, without a final newline: the same view and policy always give the same text.
 * It mentions live only roles with `mention: true`; everything people wrote in it is inert; no line
 * starts with `/`. Shorter than what GitLab takes less `reserved`, the room of what else stands in the
 * note: before that, all but the top and the end is left out.
 */
export function writeComment(view: CommentView, policy: Policy, reserved = 90_000): string {
  const longest = LONGEST - reserved;
  const nothing = nothingRead(view.assessment);
  const top = blocks([
    writeHeadline(view, policy),
    writeHelp(view.show, policy),
    writeDecisions(view, policy),
    writeHandOff(view, policy),
    nothing && view.ended ? '' : writeNeeded(view, policy),
  ]);
  const middle = blocks([
    nothing ? '' : writeLater(view, policy),
    writePapers(view, policy),
    // The summary for the delivery team names them already.
    view.show?.handOff ? '' : writeFindings(view.assessment),
    writeRecommendation(view, policy),
    writePeople(view, policy),
    writeGates(view, policy),
    nothing ? writeTableToPaste(view, policy) : writeUnderstood(view, policy),
    writeUnplaced(view),
    writeHistory(view, policy),
    writeCrmHistory(view, policy),
  ]);
  const end = writeHowTo(view, policy);
  const whole = blocks([top, middle, end]);
  return whole.length < longest ? whole : blocks([top, end]).slice(0, longest - 1);
}

function writeTableToPaste({ assessment: { open } }: CommentView, policy: Policy): string {
  const fields = open.map(({ field }) => field);
  if (fields.length === 0) return '';
  return fold(
    'The questions as a table, to paste into the description',
    inertBlock(writeTable(fields, policy)),
  );
}

function writeHowTo({ assessment, botUsername, audience }: CommentView, policy: Policy): string {
  // What is answered would be lost by an example that somebody sends as it stands.
  const open = assessment.open.flatMap(({ field }) =>
    ownForm(field, policy) === null ? [field] : [],
  );
  const [later] = open;
  const field = later ?? 'FIELD';
  const never = open.find((each) => !policy.questionById.get(each)?.required);
  const ways = [
    never && `Something does not apply: ${command(`na ${never}`)}.`,
    later && `It comes later: ${command(`defer ${later} DATE @NAME`)}.`,
    `${command('help')} lists everything I understand.`,
  ];
  return fold(
    'How to answer',
    [
      `Edit the description in whatever form it has; I read it again after every change. Or reply with a line such as ${command(`set ${field} …`)}; several lines in one comment are fine, and ${inertInline(`@${botUsername} set ${field} …`, 200)} does the same.`,
      ways.filter(Boolean).join(' '),
      `To keep me out of this issue, set the label ${inertInline(policy.ignoreLabel, 80)}.`,
      audience === 'internal'
        ? 'This is an internal note: people outside the project do not see it. Reply with an internal note to keep it so.'
        : '',
    ]
      .filter(Boolean)
      .join('\n\n'),
  );
}
