/** Merge requests of a project: list and make. */
import { DEVELOPER } from '../access.ts';
import { filesOn } from '../branches.ts';
import { showUser } from '../entities.ts';
import { flag, one, requiredText, text, word } from '../input.ts';
import { userById } from '../people.ts';
import { Refusal } from '../refusal.ts';
import type { MergeRequest, Project } from '../world.ts';
import { nextId, stamp } from '../world.ts';
import {
  type Call,
  created,
  list,
  needs,
  projectOf,
  type Route,
  takes,
  takesBody,
} from './call.ts';

const MERGE_REQUESTS = '/projects/:id/merge_requests';

export function mergeRequestRoutes(route: Route): void {
  /** The newest first, as GitLab has it unless asked otherwise. */
  route('GET', MERGE_REQUESTS, (call) => {
    takes(call, 'source_branch', 'target_branch', 'state');
    const { query } = call;
    const project = projectOf(call);
    const state = word(query, 'state', ['opened', 'closed', 'merged', 'all']) ?? 'all';
    const [source, target] = [one(query, 'source_branch'), one(query, 'target_branch')];
    const found = project.mergeRequests
      .filter((each) => source === undefined || each.sourceBranch === source)
      .filter((each) => target === undefined || each.targetBranch === target)
      .filter((each) => state === 'all' || each.state === state)
      .reverse();
    return list(call, found, (each) => show(call, project, each));
  });
  route('POST', MERGE_REQUESTS, (call) => {
    const names = ['source_branch', 'target_branch', 'title'];
    takesBody(call, ...names, 'description', 'remove_source_branch');
    const project = projectOf(call);
    needs(call, project, DEVELOPER);
    const [source = '', target = '', title = ''] = names.map((name) =>
      requiredText(call.body, name),
    );
    checkBranches(project, source, target);
    const mergeRequest: MergeRequest = {
      id: nextId(call.world),
      iid: project.mergeRequests.length + 1,
      title,
      description: text(call.body, 'description') ?? null,
      sourceBranch: source,
      targetBranch: target,
      removeSource: flag(call.body, 'remove_source_branch') ?? false,
      authorId: call.user.id,
      createdAt: stamp(call.world),
      state: 'opened',
    };
    project.mergeRequests.push(mergeRequest);
    return created(show(call, project, mergeRequest));
  });
}

function checkBranches(project: Project, source: string, target: string): void {
  for (const [which, branch] of [
    ['Source', source],
    ['Target', target],
  ] as const) {
    if (filesOn(project, branch) !== null) continue;
    throw new Refusal(400, { message: [`${which} branch "${branch}" does not exist`] });
  }
  const open = project.mergeRequests.find(
    (each) =>
      each.state === 'opened' && each.sourceBranch === source && each.targetBranch === target,
  );
  if (open !== undefined) {
    const message = `Another open merge request already exists for this source branch: !${open.iid}`;
    throw new Refusal(409, { message: [message] });
  }
}

function show({ world }: Call, project: Project, mergeRequest: MergeRequest): object {
  const { id, iid, title, description, state, createdAt } = mergeRequest;
  return {
    id,
    iid,
    project_id: project.id,
    title,
    description,
    state,
    created_at: createdAt,
    updated_at: createdAt,
    merged_at: state === 'merged' ? createdAt : null,
    closed_at: state === 'closed' ? createdAt : null,
    target_branch: mergeRequest.targetBranch,
    source_branch: mergeRequest.sourceBranch,
    upvotes: 0,
    downvotes: 0,
    author: showUser(world, userById(world, mergeRequest.authorId)),
    assignee: null,
    assignees: [],
    reviewers: [],
    source_project_id: project.id,
    target_project_id: project.id,
    labels: [],
    draft: false,
    work_in_progress: false,
    milestone: null,
    merge_when_pipeline_succeeds: false,
    merge_status: 'can_be_merged',
    sha: null,
    merge_commit_sha: null,
    user_notes_count: 0,
    should_remove_source_branch: null,
    force_remove_source_branch: mergeRequest.removeSource,
    web_url: `${world.url}/${project.path}/-/merge_requests/${iid}`,
    squash: false,
  };
}
