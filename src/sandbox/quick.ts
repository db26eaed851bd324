/** Finding GitLab's quick actions in a text (`gitlab-platform.md` §4). Reads only; nothing is done here. */
import MarkdownIt from 'markdown-it';

export interface QuickAction {
  /** Lower case, without the slash. */
  readonly command: string;
  readonly args: string;
}

/** Command names that GitLab takes out of a text, whether or not the sandbox can carry them out. */
const KNOWN = new Set(
  `add_child add_contacts add_email add_parent approve assign assign_reviewer award blocked_by blocks
  board_move cc checkin_reminder child_of clear_health_status clear_milestone clear_weight clone close
  confidential convert_to_ticket copy_metadata create_merge_request done draft due duplicate epic
  estimate estimate_time health_status internal_note iteration label labels link lock merge milestone
  move page parent_epic promote promote_to promote_to_incident publish react ready reassign rebase
  relabel relate remove_assignee remove_child remove_contacts remove_due_date remove_email
  remove_epic remove_estimate remove_iteration remove_label remove_milestone remove_parent
  remove_parent_epic remove_time_estimate remove_time_spent remove_zoom reopen request_review
  set_parent severity shrug spend spend_time spent status submit_review subscribe tableflip target_branch
  time_estimate timeline title todo type unapprove unassign unlabel unlink unlock unrelate
  unsubscribe weight zoom`.split(/\s+/),
);

const markdown = new MarkdownIt({ html: true });

/**
 * Takes the quick actions out of `text`: what is left (right-trimmed, `\r` removed, as GitLab stores it)
 * and the actions in order. `paragraphs`: only lines inside a top-level paragraph; `lines`: every line
 * outside a fenced block, as older versions roughly do.
 */
export function splitQuickActions(
  text: string,
  reading: 'paragraphs' | 'lines',
): { rest: string; actions: QuickAction[] } {
  const lines = text.replaceAll('\r', '').split('\n');
  const candidates = reading === 'paragraphs' ? paragraphLines(lines) : unfencedLines(lines);
  const kept: string[] = [];
  const actions: QuickAction[] = [];
  for (const [index, line] of lines.entries()) {
    const action = candidates.has(index) ? parseQuickAction(line) : null;
    if (action === null) kept.push(line);
    else actions.push(action);
  }
  return { rest: kept.join('\n').trimEnd(), actions };
}

function parseQuickAction(line: string): QuickAction | null {
  const match = /^\/([a-z_]+)(?: (.*))?$/i.exec(line.trimEnd());
  const command = match?.[1]?.toLowerCase();
  if (command === undefined || !KNOWN.has(command)) return null;
  return { command, args: (match?.[2] ?? '').trim() };
}

function paragraphLines(lines: readonly string[]): Set<number> {
  const found = new Set<number>();
  for (const token of markdown.parse(lines.join('\n'), {})) {
    if (token.type !== 'paragraph_open' || token.level !== 0 || token.map === null) continue;
    for (let line = token.map[0]; line < token.map[1]; line += 1) found.add(line);
  }
  return found;
}

function unfencedLines(lines: readonly string[]): Set<number> {
  const found = new Set<number>();
  let fenced = false;
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('```')) fenced = !fenced;
    else if (!fenced) found.add(index);
  }
  return found;
}

/** `~one ~"two words" three` → names. */
export function readLabelArgs(args: string): string[] {
  return [...args.matchAll(/~?"([^"]+)"|~?(\S+)/g)].map((match) => match[1] ?? match[2] ?? '');
}

/** `@one @two` or `one, two` → usernames. */
export function readUserArgs(args: string): string[] {
  return [...args.matchAll(/@?([\w.-]+)/g)].map((match) => match[1] ?? '');
}
