/** The answers of `domain.md` §8.13 that hold figures, days and versions. */
import { describe, expect, it } from 'vitest';
import { parse } from './given.ts';

describe('figures as people write them', () => {
  it.each([
    ['m_repos_gt_5gb', 'BB N/A, GL = 3', { value: 3, breakdown: { gitlab_sm: 3 } }],
    ['m_repos', 'BB: 225 (of which 40 archived), GLSM 775', { value: 1000 }],
    ['m_repos', 'BB 225, davon 40 archiviert, GL 775', { value: 1000 }],
    ['m_repos', '225 (of which 40 archived)', { value: 225 }],
    ['m_repos', '225 + 775', { value: 1000 }],
    ['m_users', 'around 50 teams of 6', { value: 300, approximate: true }],
    ['teams_waves', 'around 50 teams of 6', { value: 50 }],
    ['m_total_size', '150 GB total, biggest 12', { value: 150e9 }],
    ['m_total_size', '1,5 TB', { value: 1.5e12 }],
    ['m_repos', '1.234', { value: 1234 }],
    ['m_users', '12 Mio', { value: 12_000_000 }],
    ['m_users', '2k', { value: 2000 }],
    ['m_users', 'a few hundred', { value: 300, min: 200, max: 500 }],
    ['m_users', '500+', { value: 500, min: 500, approximate: true }],
    ['m_users', '300 to 400', { value: 400, min: 300, max: 400 }],
    ['version_planned', 'N-1', { value: 'N-1' }],
    ['mg_version', '17.4 / 17.9', { value: ['17.4', '17.9'] }],
    ['target_start', 'FY27 Q2', { min: '2026-05-01', max: '2026-07-31' }],
    ['target_start', 'EOY', { value: '2026-12-31', approximate: true }],
    ['target_start', 'mid May', { min: '2027-05-10', max: '2027-05-20' }],
  ])('%s: %s', (field, text, expected) => {
    expect(parse(field, text)).toMatchObject({ state: 'answered', ...expected });
  });
});
