/** Opens the connection over which `doctor` looks: it reads and never writes. */
import { Budget } from '../budget.ts';
import { connectGitLab, type GitLabConnection, type GitLabOptions, openApi } from '../connect.ts';
import { type IssueListing, openIssueListing } from '../issue-listing.ts';
import { type HookLook, openHookLook } from './hooks.ts';
import { type Instance, openInstance } from './instance.ts';
import { type IssueLook, openIssueLook } from './issues.ts';
import { openProjectLook, type ProjectLook } from './project.ts';

export interface DoctorConnection {
  readonly instance: Instance;
  readonly projects: ProjectLook;
  readonly hooks: HookLook;
  readonly listing: IssueListing;
  readonly issues: IssueLook;
  /** For the looks of `setup`, whose steps are never carried out here. */
  readonly setup: GitLabConnection;
}

/** Sends nothing by itself. Throws `TerminalError` when the address or the token cannot be one. */
export function connectDoctor(options: GitLabOptions): DoctorConnection {
  const budget = options.budget ?? new Budget();
  const api = openApi(options, budget);
  return {
    instance: openInstance(api, options.now ?? Date.now),
    projects: openProjectLook(api),
    hooks: openHookLook(api),
    listing: openIssueListing(api),
    issues: openIssueLook(api),
    setup: connectGitLab({ ...options, budget }),
  };
}
