/** One branch of a project, and whether whoever asks may push to it. */
import { canPush, DEFAULT_BRANCH, filesOn } from '../branches.ts';
import { notFound } from '../refusal.ts';
import { ok, param, projectOf, type Route, takes } from './call.ts';
import { showCommit } from './files.ts';

export function branchRoutes(route: Route): void {
  route('GET', '/projects/:id/repository/branches/:branch', (call) => {
    takes(call);
    const project = projectOf(call);
    const name = param(call, 'branch');
    if (name === 'HEAD' || filesOn(project, name) === null) throw notFound('Branch');
    const isDefault = name === DEFAULT_BRANCH;
    const developers = !isDefault || project.pushLevel <= 30;
    return ok({
      name,
      commit: showCommit(call, 'The last commit'),
      merged: false,
      protected: isDefault,
      default: isDefault,
      developers_can_push: developers,
      developers_can_merge: developers,
      can_push: canPush(call.world, project, name, call.user),
      web_url: `${call.world.url}/${project.path}/-/tree/${encodeURIComponent(name)}`,
    });
  });
}
