/** The policy for the `proposal::` board: the same machine with the board's labels and finer steps (`domain.md` §2.4, §8.9). */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { canonicalLabel } from '../../src/core/plan/canonical-labels.ts';
import { loadPolicy } from '../../src/policy/load.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const board = loadPolicy({ file: at('policies/proposal-board.yaml') });

describe('the policy for the proposal board', () => {
  it('has the columns of the board in their order, each with its gates', () => {
    const gates = board.stages.map(({ label, enterWhen }) => [
      label,
      enterWhen.map(({ id }) => id),
    ]);
    expect(gates).toEqual([
      ['proposal::Awaiting_Discovery', []],
      [
        'proposal::Strawman_WIP',
        [
          'intake_complete',
          'discovery_complete',
          'no_blocking_finding',
          'crm_stage',
          'em_known',
          'offering_decided',
        ],
      ],
      ['proposal::Estimate_Feedback', ['estimate_given', 'ta_approved']],
      ['proposal::SOW_WIP', ['scope_accepted', 'price_accepted']],
      ['proposal::Ready For Approval', ['proposal_complete', 'sow_linked']],
      ['proposal::Approved', ['ps_approved', 'revenue_approved', 'rdm_approved']],
      ['proposal::On_hold', []],
    ]);
    expect(board.stages.filter(({ hold }) => hold).map(({ id }) => id)).toEqual(['on_hold']);
    expect(board.stages.filter(({ done }) => done).map(({ id }) => id)).toEqual(['sow_approved']);
  });

  it.each([
    ['proposal::Scoping', 'proposal::Awaiting_Discovery'],
    ['proposal::Writing', 'proposal::SOW_WIP'],
    ['proposal::Cost Estimate', 'proposal::Strawman_WIP'],
    ['proposal::ReadyForApproval', 'proposal::Ready For Approval'],
    ['proposal:Closed_Won', 'proposal::Closed_Won'],
    ['proposal::closed_won', 'proposal::Closed_Won'],
    ['Proposal: on hold', 'proposal::On_hold'],
  ])('reads %s as %s', (legacy, today) => {
    expect(canonicalLabel(board, legacy)).toBe(today);
  });

  it('asks for everything that the shipped policy asks for before the same end', () => {
    const all = (policy: typeof board): readonly string[] =>
      policy.stages.flatMap(({ enterWhen }) => enterWhen.map(({ id }) => id)).toSorted();
    expect(all(board)).toEqual(all(loadPolicy()));
  });

  it('is the one that the scenarios use', () => {
    const used = loadPolicy({ file: at('test/scenarios/proposal-board.yaml') });
    const shape = (policy: typeof board): string => JSON.stringify([policy.stages, policy.labels]);
    expect(shape(used)).toBe(shape(board));
  });
});
