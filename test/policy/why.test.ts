/** "It Decides …" never stands in a comment: the reason follows "It", or stands alone. */
import { describe, expect, it } from 'vitest';
import { whySentence } from '../../src/core/say/markdown.ts';
import { loadPolicy, readPolicyDocument } from '../../src/policy/load.ts';
import { verbsOf, whyEnding } from '../../src/policy/why.ts';
import { account, world } from '../core/plan/given.ts';
import { over } from './policy-files.ts';

const verbs = verbsOf(readPolicyDocument());

describe('a reason', () => {
  it.each([
    ['decides the speed', 'It decides the speed.'],
    ['Decides the speed', 'It decides the speed.'],
    ['Decides the speed.', 'It decides the speed.'],
    ['It decides the speed.', 'It decides the speed.'],
    ['Has to stand in the SOW', 'It has to stand in the SOW.'],
    ['GitLab bills by it', 'GitLab bills by it.'],
    ['SOW and EM depend on it', 'SOW and EM depend on it.'],
    ['SLAs depend on it', 'SLAs depend on it.'],
    ['EM: decides the speed', 'EM: decides the speed.'],
    ['Jenkins needs it early', 'Jenkins needs it early.'],
    ['Kubernetes needs it early', 'Kubernetes needs it early.'],
    ['Ada Varga asks for it', 'Ada Varga asks for it.'],
    ['Sales needs it for the quote', 'Sales needs it for the quote.'],
    ['Customers ask for it', 'Customers ask for it.'],
    ['This decides the speed', 'This decides the speed.'],
    ['Nodes.js is the odd one', 'Nodes.js is the odd one.'],
  ])('“%s” is said as “%s”', (why, sentence) => {
    expect(whySentence(whyEnding(why, verbs))).toBe(sentence);
  });

  it('begins small in the policy that is in force, and so in its comments', () => {
    const { file } = over(
      'extends: default\nquestions:\n  - { id: goals, why: Decides who comes. }\n  - { id: constraints, why: GitLab bills by it }\n',
    );
    const issue = world({ rows: account, policy: loadPolicy({ file }) });
    issue.run();
    expect(issue.statusComment()).toContain('** It decides who comes.\\\n');
    expect(issue.statusComment()).toContain('** GitLab bills by it.\\\n');
  });
});
