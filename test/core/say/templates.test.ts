/** Templates ask, and say nothing themselves. */
import { describe, expect, test } from 'vitest';
import type { Policy, Question, TemplateSpec } from '../../../src/core/policy.ts';
import { writeTable, writeTemplate } from '../../../src/core/say/templates.ts';
import { policy, question } from './build.ts';
import { quickActionLines, render } from './gitlab-reads.ts';

const spec = (form: TemplateSpec['form'], over: Partial<TemplateSpec> = {}): TemplateSpec => ({
  name: 'Scoping',
  form,
  intro: 'Please answer what you know.',
  sections: [{ title: 'Goals', fields: ['goals', 'deployment_target', 'sales_stage'] }],
  ...over,
});

function policyWith(asked: Question): Policy {
  return { ...policy, questionById: new Map([[asked.id, asked]]) };
}

describe('a template', () => {
  test('in bullets holds questions, and hints only in comments', () => {
    expect(writeTemplate(spec('bullets'), policy)).toBe(
      `<!-- scoping-bot:template Scoping sha256:50e40224a798 -->

<!-- Please answer what you know. -->

## Goals

- **Goals and how success is measured**<!-- field:goals -->: <!-- e.g. one platform for both plants by December -->
- **Where will GitLab run?**<!-- field:deployment_target -->: <!-- one of: GitLab.com / GitLab Dedicated / GitLab self-managed / not decided -->
- **CRM stage of the opportunity**<!-- field:sales_stage -->: <!-- one of: Scoping / Technical Evaluation / Proposal -->
`,
    );
  });

  test('in a table has four columns and nothing but to-do as answers', () => {
    const rows = writeTemplate(spec('table'), policy)
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(rows[0]).toBe('| Question | Customer response | Example response | Rationale |');
    expect(rows[2]).toBe(
      '| **Goals and how success is measured** <!-- field:goals --> | to-do | one platform for both plants by December | Tells what the work has to achieve and when it is finished. |',
    );
    expect(rows.slice(2).map((row) => row.split(' | ')[1])).toEqual(['to-do', 'to-do', 'to-do']);
  });

  test('leaves out fields the policy does not know, and sections without any', () => {
    const sections = [
      { title: 'Known', fields: ['goals', 'nothing'] },
      { title: 'Empty', fields: ['nothing'] },
    ];
    const text = writeTemplate(spec('bullets', { sections }), policy);
    expect(text).toContain('## Known');
    expect(text).not.toMatch(/Empty|nothing/);
  });

  test('cannot be broken by what the policy says', () => {
    const nasty = 'a --> <b> | @anna\n/close <!-- x';
    const asked = question('x', { ask: nasty, why: nasty, example: nasty });
    for (const form of ['bullets', 'table'] as const) {
      const sections = [{ title: 'All', fields: ['x'] }];
      const text = writeTemplate(
        spec(form, { name: nasty, intro: nasty, sections }),
        policyWith(asked),
      );
      const rendered = render(text);
      expect(quickActionLines(text)).toEqual([]);
      expect(rendered.html.filter((html) => !/^<!--(?:(?!-->)[\s\S])*-->\s*$/.test(html))).toEqual(
        form === 'bullets' ? ['<b>'] : [],
      );
    }
    expect(render(writeTable(['x'], policyWith(asked))).rows).toEqual([4, 4]);
    expect(writeTable(['x'], policyWith(asked))).not.toContain('@');
  });
});
