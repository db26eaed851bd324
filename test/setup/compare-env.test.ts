/** What an older `.env` says otherwise: by variable, without secrets. */
import { describe, expect, it } from 'vitest';
import { envDifferences } from '../../src/setup/compare-env.ts';

const wanted = {
  gitlabUrl: 'https://gitlab.example.com/sub',
  publicUrl: 'https://new.example.com',
  project: { path: 'acme/ps/scoping', id: 7 },
};

describe('an .env that is there', () => {
  it.each([
    ['', []],
    ['PUBLIC_URL=https://new.example.com/\nGITLAB_URL=https://gitlab.example.com/sub', []],
    ["PUBLIC_URL='https://new.example.com'\nPROJECTS=other/one, Acme/PS/scoping", []],
    ['PROJECTS=7', []],
    ['GITLAB_URL=https://GitLab.Example.com:443/sub/', []],
    ['PROJECTS=77,acme/ps', ['PROJECTS lacks acme/ps/scoping']],
    [
      'PUBLIC_URL=https://me:secret@old.example.com',
      ['PUBLIC_URL is https://old.example.com, and this run used https://new.example.com'],
    ],
    [
      'GITLAB_URL=https://gitlab.com\nGITLAB_TOKEN=glpat-x',
      ['GITLAB_URL is https://gitlab.com, and this run used https://gitlab.example.com/sub'],
    ],
  ])('%j', (text, differences) => {
    expect(envDifferences(text, wanted)).toEqual(differences);
  });

  it('is not asked about an address that nobody told', () => {
    const given = { ...wanted, publicUrl: null };
    expect(envDifferences('PUBLIC_URL=https://old.example.com', given)).toEqual([]);
  });
});
