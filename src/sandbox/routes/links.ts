/** Links of an issue: list and make. */
import { canSeeIssue } from '../access.ts';
import { showIssue, showLinkedIssue } from '../entities.ts';
import { text } from '../input.ts';
import { linkIssues, linksOf } from '../links.ts';
import { findProject } from '../people.ts';
import { badRequest, notImitated } from '../refusal.ts';
import { type Call, created, issueOf, ok, type Route, takes, takesBody } from './call.ts';

const LINKS = '/projects/:id/issues/:iid/links';

export function linkRoutes(route: Route): void {
  route('GET', LINKS, (call) => {
    takes(call);
    const { issue } = issueOf(call);
    // All at once, as GitLab does: this list has no pages.
    const seen = linksOf(call.world, issue).filter(({ other }) =>
      canSeeIssue(call.world, other.project, other.issue, call.user),
    );
    return ok(seen.map(({ link, other }) => showLinkedIssue(call.world, link, other)));
  });
  route('POST', LINKS, (call) => {
    takesBody(call, 'target_project_id', 'target_issue_iid', 'link_type');
    const source = issueOf(call);
    const type = text(call.body, 'link_type') ?? 'relates_to';
    if (type !== 'relates_to') throw notImitated('POST', LINKS, `link_type ${type}`);
    const target = targetOf(call);
    linkIssues(call.world, source, target, call.user);
    return created({
      source_issue: showIssue(call.world, source.project, source.issue),
      target_issue: target === null ? null : showIssue(call.world, target.project, target.issue),
      link_type: type,
    });
  });
}

/** Ids come as numbers or as text. */
function targetOf({ body, world }: Call): ReturnType<typeof issueOf> | null {
  const [projectId, iid] = ['target_project_id', 'target_issue_iid'].map((name) => {
    const value = body.get(name);
    if (value === undefined || value === null) throw badRequest(`${name} is missing`);
    return String(value);
  });
  const project = findProject(world, projectId ?? '');
  const issue = project?.issues.find((each) => each.iid === Number(iid));
  return project && issue ? { project, issue } : null;
}
